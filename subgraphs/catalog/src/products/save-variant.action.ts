import { newId } from '@storegraph/ids';
import type { Deps } from '../context.js';
import type { PriceRow } from '../prices/price.js';
import {
  changeProduct,
  sameOptions,
  type ChangeProductOutcome,
  type WantedProduct,
} from './change-product.action.js';
import { draftVariant, minorOf, newVariant, requireDistinct, UnfitInput } from './product-draft.js';
import type { SavedVariant } from './product-input.js';
import type { ProductAggregate } from './product-record.js';

export type SaveVariantOutcome =
  | Exclude<ChangeProductOutcome, { kind: 'changed' }>
  | { kind: 'saved'; variantId: string; productId: string };

/**
 * Adds a variant to a product (without `id`) or changes one. Its prices for other currencies and larger quantities
 * are replaced when the input has any. The product's version grows.
 */
export async function saveVariant(
  deps: Deps,
  input: SavedVariant & { productId: string },
): Promise<SaveVariantOutcome> {
  const { productId } = input;
  const variantId = input.id ?? newId('variant');
  const target = { productId, expectedVersion: input.expectedVersion ?? null };
  const outcome = await changeProduct(deps, target, (before) => {
    try {
      if (!before) throw new UnfitInput(['input', 'productId'], 'There is no such product.');
      return withVariant(before, { ...input, variantId }, deps.now());
    } catch (error) {
      if (error instanceof UnfitInput) return { kind: 'invalid', path: error.path, message: error.message };
      throw error;
    }
  });
  return outcome.kind === 'changed' ? { kind: 'saved', variantId, productId } : outcome;
}

function withVariant(
  before: ProductAggregate,
  input: SavedVariant & { variantId: string },
  now: Date,
): WantedProduct {
  const { record, options, variants } = before;
  const known = variants.find(({ id }) => id === input.id);
  if (input.id && !known) throw new UnfitInput(['input', 'id'], 'The product has no such variant.');
  const next = variants.reduce((most, { position }) => Math.max(most, position + 1), 0);
  const { id: productId, name: productName, currency } = record;
  const drafted = draftVariant(input, known ?? newVariant(next, input.variantId), {
    productId,
    productName,
    currency,
    options,
    now,
    path: ['input'],
  });
  const changed = [...variants.filter(({ id }) => id !== drafted.id), drafted];
  requireDistinct(changed, options);
  return {
    record: { ...record, version: record.version + 1, updatedAt: now },
    options: sameOptions(before),
    variants: changed,
    prices: input.prices ? { variantId: drafted.id, rows: priceRows(input, drafted.id) } : undefined,
  };
}

function priceRows({ prices }: SavedVariant, variantId: string): PriceRow[] {
  return (prices ?? []).map(({ currency, minQuantity, price, compareAtPrice }, at) => {
    const path = ['input', 'prices', String(at)];
    return {
      variantId,
      currency,
      minQuantity,
      priceMinor: minorOf(price, currency, [...path, 'price']),
      compareAtMinor: compareAtPrice ? minorOf(compareAtPrice, currency, [...path, 'compareAtPrice']) : null,
    };
  });
}
