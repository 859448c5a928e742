import { brandSaved, publish } from '@storegraph/events';
import { newId } from '@storegraph/ids';
import type { Deps } from '../context.js';
import { slugOf } from '../slug.js';
import { takenName } from '../taken-name.js';
import type { Brand } from './brand.js';
import { addBrandKeywords, insertBrand, lockBrand, updateBrand } from './brand.store.js';

export type SaveBrandOutcome =
  | { kind: 'saved'; brand: Brand }
  | { kind: 'not-found' }
  | { kind: 'conflict'; currentVersion: number }
  | { kind: 'slug-taken'; slug: string };

/** Creates a brand (without `id`) or changes one. Its products are found by the new name at once. */
export async function saveBrand(
  deps: Deps,
  input: {
    id: string | null;
    expectedVersion: number | null;
    name: string;
    slug: string | null;
    description?: string | null;
  },
): Promise<SaveBrandOutcome> {
  const now = deps.now();
  const slug = input.slug ?? slugOf(input.name);
  try {
    return await deps.prisma.$transaction(async (tx) => {
      if (!input.id) {
        const { name, description = null } = input;
        const id = newId('brand');
        const brand = { id, slug, name, description, version: 1, createdAt: now, updatedAt: now };
        const added = await insertBrand(tx, brand);
        await publish(tx, savedNews(added));
        return { kind: 'saved', brand: added };
      }
      const before = await lockBrand(tx, input.id);
      if (!before) return { kind: 'not-found' };
      const { id, version, name: formerName } = before;
      if (input.expectedVersion !== null && input.expectedVersion !== version)
        return { kind: 'conflict', currentVersion: version };
      const description = input.description === undefined ? before.description : input.description;
      const change = { name: input.name, slug: input.slug ?? before.slug, description, updatedAt: now };
      const brand = await updateBrand(tx, id, change);
      if (brand.name !== formerName) await addBrandKeywords(tx, { id, keywords: brand.name });
      await publish(tx, savedNews(brand));
      return { kind: 'saved', brand };
    });
  } catch (error) {
    if (takenName(error)) return { kind: 'slug-taken', slug };
    throw error;
  }
}

const savedNews = ({ id: brandId }: Brand) => brandSaved({ aggregateId: brandId, data: { brandId } });
