/** One tax and its rate in millionths: 66250 is 6.625 %. */
export type TaxRate = { readonly name: string; readonly rateMillionths: number };

export enum TaxMode {
  /** Prices do not contain the tax; it comes on top. */
  ADDED = 'ADDED',
  /** Prices contain the tax. */
  INCLUDED = 'INCLUDED',
  /** No tax is due, or where it is sent is not known yet. */
  NONE = 'NONE',
}

/** How purchases sent to one region are taxed. */
export type TaxRegion = {
  readonly mode: TaxMode;
  readonly rates: readonly TaxRate[];
  /** Whether the cost of sending is taxed like the goods. */
  readonly taxesShipping: boolean;
};

/** All taxes of a region together, in millionths. */
export function combinedRate({ rates }: TaxRegion): number {
  return rates.reduce((sum, { rateMillionths }) => sum + rateMillionths, 0);
}
