import type { Money } from '@storegraph/money';
import { customizationsOf, valuesById, type Option } from '../options/option.js';
import type { Product } from '../products/product.js';
import type { Variant } from '../variants/variant.js';
import { priceFor, type PriceRow } from './price.js';

export type QuoteLine = {
  readonly variantId: string;
  readonly quantity: number;
  readonly customizationValueIds: readonly string[];
};

/** What one piece of a line costs, and everything an order has to know of it. */
export type Quote = {
  readonly variantId: string;
  readonly productId: string;
  readonly sellerId: string | null;
  readonly sku: string;
  readonly productName: string;
  readonly variantName: string;
  readonly quantity: number;
  /** The price of the variant at this quantity and the adjustments of what was chosen. */
  readonly unitPrice: Money;
  readonly customizations: readonly {
    readonly valueId: string;
    readonly name: string;
    readonly value: string;
    readonly priceAdjustment: Money;
  }[];
  readonly weightGrams: number;
  readonly requiresShipping: boolean;
  readonly taxable: boolean;
  /** Why it cannot be bought like this, for people; `null` when it can. */
  readonly problem: string | null;
};

/** What a quote is made of. */
export type QuotedGoods = {
  readonly variant: Variant;
  readonly product: Product;
  readonly options: readonly Option[];
  readonly prices: readonly PriceRow[];
};

/** Quotes a line: 299.99 with a customization of 10.00 is 309.99 apiece, so 619.98 for two. */
export function quoteOf(line: QuoteLine, { variant, product, options, prices }: QuotedGoods): Quote {
  const { currency } = variant;
  const customizations = customizationsOf(options);
  const chosen = valuesById(customizations, line.customizationValueIds);
  const base = priceFor(variant, prices, { currency, quantity: line.quantity }).price.minor;
  const minor = chosen.reduce((sum, { value }) => sum + value.priceAdjustmentMinor, base);
  return {
    variantId: variant.id,
    productId: product.id,
    sellerId: product.sellerId,
    sku: variant.sku,
    productName: product.name,
    variantName: variant.name,
    quantity: line.quantity,
    unitPrice: { minor: minor > 0n ? minor : 0n, currency },
    customizations: chosen.map(({ option, value }) => ({
      valueId: value.id,
      name: option.name,
      value: value.value,
      priceAdjustment: { minor: value.priceAdjustmentMinor, currency },
    })),
    weightGrams: variant.weightGrams,
    requiresShipping: variant.requiresShipping,
    taxable: variant.taxable,
    problem: problemOf(line, customizations) ?? (minor < 0n ? 'What was chosen has no price.' : null),
  };
}

function problemOf({ customizationValueIds }: QuoteLine, customizations: readonly Option[]): string | null {
  const known = new Set(customizations.flatMap(({ values }) => values.map(({ id }) => id)));
  if (customizationValueIds.some((id) => !known.has(id))) return 'Something that was chosen is not offered.';
  for (const { name, required, values } of customizations) {
    const count = values.filter(({ id }) => customizationValueIds.includes(id)).length;
    if (count > 1) return `"${name}" is chosen more than once.`;
    if (required && count === 0) return `"${name}" has to be chosen.`;
  }
  return null;
}
