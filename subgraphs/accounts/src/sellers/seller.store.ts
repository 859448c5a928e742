import type { Page } from '@storegraph/connection';
import type { Database } from '@storegraph/accounts-db';
import { isId } from '@storegraph/ids';
import type { Seller, SellerStatus } from './seller.js';

export type { Database } from '@storegraph/accounts-db';

type Row = Omit<Seller, 'status'> & { status: string };

const toSeller = (row: Row): Seller => ({ ...row, status: row.status as SellerStatus });

export async function findSellersByIds(db: Database, ids: readonly string[]): Promise<Seller[]> {
  const known = ids.filter((id) => isId('seller', id));
  return (await db.seller.findMany({ where: { id: { in: known } } })).map(toSeller);
}

export async function findSellersBySlugs(db: Database, slugs: readonly string[]): Promise<Seller[]> {
  const possible = slugs.filter((slug) => /^[a-z0-9-]{1,60}$/.test(slug));
  return (await db.seller.findMany({ where: { slug: { in: possible } } })).map(toSeller);
}

export async function findSellersByOwners(db: Database, ownerIds: readonly string[]): Promise<Seller[]> {
  const known = ownerIds.filter((id) => isId('user', id));
  return (await db.seller.findMany({ where: { ownerId: { in: known } } })).map(toSeller);
}

/** One page, the latest application first, one row more than the page to tell whether more follow. */
export async function findSellers(db: Database, status: SellerStatus | null, page: Page): Promise<Seller[]> {
  const rows = await db.seller.findMany({
    where: { ...(status && { status }), ...(page.after && { id: { lt: String(page.after[0]) } }) },
    orderBy: { id: 'desc' },
    take: page.first + 1,
  });
  return rows.map(toSeller);
}

export async function countSellers(db: Database, status: SellerStatus | null): Promise<number> {
  return db.seller.count({ where: status ? { status } : {} });
}

/** Locks a seller for the rest of the transaction, so that decisions about one are made one after the other. */
export async function lockSeller(tx: Database, { id }: { id: string }): Promise<Seller> {
  await tx.$queryRaw`SELECT id FROM sellers WHERE id = ${id} FOR UPDATE`;
  return toSeller(await tx.seller.findUniqueOrThrow({ where: { id } }));
}

/** Writes a new seller; `null` when the owner has one already or the slug is taken. */
export async function insertSeller(db: Database, seller: Seller): Promise<Seller | null> {
  const rows = await db.seller.createManyAndReturn({ data: [{ ...seller }], skipDuplicates: true });
  return rows[0] ? toSeller(rows[0]) : null;
}

export async function insertSellers(db: Database, sellers: readonly Seller[]): Promise<void> {
  await db.seller.createMany({ data: sellers.map((seller) => ({ ...seller })) });
}

export async function isSlugTaken(db: Database, slug: string): Promise<boolean> {
  return (await db.seller.count({ where: { slug } })) > 0;
}

export async function updateSeller(
  db: Database,
  id: string,
  change: Partial<Omit<Seller, 'id' | 'ownerId' | 'slug' | 'createdAt'>> & { updatedAt: Date },
): Promise<Seller> {
  return toSeller(await db.seller.update({ where: { id }, data: change }));
}
