/** A variant: the thing that is counted, priced and put in a cart. */
export type Variant = {
  readonly id: string;
  readonly productId: string;
  readonly sku: string;
  readonly name: string;
  readonly optionValueIds: readonly string[];
  readonly position: number;
  readonly weightGrams: number;
  readonly barcode: string | null;
  readonly requiresShipping: boolean;
  readonly taxable: boolean;
  readonly currency: string;
  readonly priceMinor: bigint;
  readonly compareAtMinor: bigint | null;
  readonly costMinor: bigint | null;
  /** False once it is no longer sold; orders made of it still show it. */
  readonly active: boolean;
  /** Copies of what orders knows, `null` until it has been counted. */
  readonly sellable: number | null;
  readonly inStock: boolean | null;
  readonly stockAsOf: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

/** What a variant is called beside its product: `M / Black`, or as the product when there is nothing to choose. */
export function variantName(values: readonly string[], productName: string): string {
  return values.length > 0 ? values.join(' / ') : productName;
}
