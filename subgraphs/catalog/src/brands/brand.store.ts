import type { Database } from '@storegraph/catalog-db';
import type { Page } from '@storegraph/connection';
import type { Brand } from './brand.js';

export type { Database } from '@storegraph/catalog-db';

export function findBrandsByIds(db: Database, ids: readonly string[]): Promise<Brand[]> {
  return db.brand.findMany({ where: { id: { in: [...ids] } } });
}

export function findBrandsBySlugs(db: Database, slugs: readonly string[]): Promise<Brand[]> {
  return db.brand.findMany({ where: { slug: { in: [...slugs] } } });
}

/** Brands by name, one more than the page. */
export function findBrands(db: Database, { first, after }: Page): Promise<Brand[]> {
  const [name, id] = (after ?? []).map(String);
  return db.brand.findMany({
    where: after ? { OR: [{ name: { gt: name } }, { name, id: { gt: id } }] } : {},
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: first + 1,
  });
}

/** Adds brands, leaving those whose slug exists as they are. */
export async function insertBrands(db: Database, brands: readonly Brand[]): Promise<void> {
  if (brands.length > 0) await db.brand.createMany({ data: [...brands], skipDuplicates: true });
}

export async function lockBrand(db: Database, id: string): Promise<Brand | null> {
  await db.$queryRaw`SELECT 1 FROM brands WHERE id = ${id} FOR UPDATE`;
  return db.brand.findUnique({ where: { id } });
}

export function insertBrand(db: Database, brand: Brand): Promise<Brand> {
  return db.brand.create({ data: brand });
}

export function updateBrand(
  db: Database,
  id: string,
  change: Pick<Brand, 'slug' | 'name' | 'description' | 'updatedAt'>,
): Promise<Brand> {
  return db.brand.update({ where: { id }, data: { ...change, version: { increment: 1 } } });
}

/** Lets the text search find the brand's products by its new name. */
export async function addBrandKeywords(db: Database, brand: { id: string; keywords: string }): Promise<void> {
  await db.$executeRaw`
    UPDATE products SET keywords = ${brand.keywords} || ' ' || keywords WHERE brand_id = ${brand.id}`;
}
