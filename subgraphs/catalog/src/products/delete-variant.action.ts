import type { Deps } from '../context.js';
import { changeProduct, sameOptions, type ChangeProductOutcome } from './change-product.action.js';

/** Stops selling a variant. Orders made of it still show it, and its SKU stays its own. */
export async function deleteVariant(
  deps: Deps,
  input: { productId: string; variantId: string; expectedVersion: number | null },
): Promise<ChangeProductOutcome> {
  return changeProduct(deps, input, (before) => {
    if (!before) return { kind: 'invalid', path: ['input', 'id'], message: 'There is no such variant.' };
    const now = deps.now();
    return {
      record: { ...before.record, version: before.record.version + 1, updatedAt: now },
      options: sameOptions(before),
      variants: before.variants.map((variant) =>
        variant.id === input.variantId ? { ...variant, active: false, updatedAt: now } : variant,
      ),
    };
  });
}
