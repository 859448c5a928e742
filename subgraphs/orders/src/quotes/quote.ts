/** A chosen customization as it was priced. */
export type QuotedCustomization = {
  readonly valueId: string;
  /** What is customized: `Gift wrap`. */
  readonly name: string;
  /** What was chosen: `Linen`. */
  readonly value: string;
  /** Included in the unit price; minor units of the shop's currency. */
  readonly priceAdjustmentMinor: bigint;
};

/** What catalog promised one unit of a variant to cost, until the promise expires. */
export type Quote = {
  readonly variantId: string;
  readonly productId: string;
  readonly sellerId: string | null;
  readonly sku: string;
  readonly productName: string;
  readonly variantName: string;
  /** Customizations included; minor units of the shop's currency. */
  readonly unitPriceMinor: bigint;
  readonly customizations: readonly QuotedCustomization[];
  readonly weightGrams: number;
  readonly requiresShipping: boolean;
  readonly taxable: boolean;
  readonly expiresAt: Date;
  /** The signed promise. */
  readonly token: string;
};

/** What a price is asked for. */
export type QuoteRequest = {
  readonly variantId: string;
  readonly quantity: number;
  readonly customizationValueIds: readonly string[];
};

/** The answer to one line: a quote, no such variant for sale, or a reason why not with these customizations. */
export type QuoteAnswer =
  { kind: 'quoted'; quote: Quote } | { kind: 'unknown' } | { kind: 'problem'; message: string };
