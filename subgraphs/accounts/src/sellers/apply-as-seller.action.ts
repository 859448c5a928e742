import { newId } from '@storegraph/ids';
import type { Deps, Transaction } from '../context.js';
import { lockUser } from '../users/lock-user.action.js';
import { maySignIn } from '../users/user.js';
import { NEW_SELLER_COMMISSION_BASIS_POINTS, SellerStatus, slugOf, type Seller } from './seller.js';
import { createSellerLoaders } from './seller.loader.js';
import { insertSeller, isSlugTaken, updateSeller } from './seller.store.js';

export type ApplyAsSellerOutcome =
  | { kind: 'applied'; seller: Seller }
  | { kind: 'applied-before'; seller: Seller }
  | { kind: 'slug-taken' }
  | { kind: 'no-account' };

type Application = { businessName: string; slug: string | null; about: string | null; taxId: string };

/**
 * A person asks to sell here; somebody of the shop decides. One business per person: who was rejected applies
 * again under the same address, anyone else has applied before.
 */
export async function applyAsSeller(
  { prisma, now }: Deps,
  ownerId: string,
  application: Application,
): Promise<ApplyAsSellerOutcome> {
  return prisma.$transaction(async (tx): Promise<ApplyAsSellerOutcome> => {
    const owner = await lockUser(tx, ownerId);
    if (!owner || !maySignIn(owner)) return { kind: 'no-account' };
    const earlier = await createSellerLoaders(tx).sellerOfOwner.load(ownerId);
    const { slug, ...details } = application;
    if (earlier?.status === SellerStatus.REJECTED) {
      const change = { ...details, status: SellerStatus.APPLIED, statusReason: null, updatedAt: now() };
      return { kind: 'applied', seller: await updateSeller(tx, earlier.id, change) };
    }
    if (earlier) return { kind: 'applied-before', seller: earlier };

    const seller = await insertSeller(tx, {
      ...details,
      id: newId('seller'),
      ownerId,
      slug: slug ?? (await freeSlug(tx, details.businessName)),
      status: SellerStatus.APPLIED,
      statusReason: null,
      commissionBasisPoints: NEW_SELLER_COMMISSION_BASIS_POINTS,
      verifiedAt: null,
      createdAt: now(),
      updatedAt: now(),
    });
    return seller ? { kind: 'applied', seller } : { kind: 'slug-taken' };
  });
}

/** The business's name as a slug, with an ending of its own when another has it or the name has no Latin letters. */
async function freeSlug(tx: Transaction, businessName: string): Promise<string> {
  const slug = slugOf(businessName);
  if (slug.length >= 3 && !(await isSlugTaken(tx, slug))) return slug;
  return `${slug.slice(0, 50) || 'shop'}-${newId('seller').slice(-8)}`;
}
