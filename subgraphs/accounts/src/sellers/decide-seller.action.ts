import { publish, sellerDecided } from '@storegraph/events';
import type { Deps, Transaction } from '../context.js';
import { changeRole } from '../users/assign-role.action.js';
import { lockUser } from '../users/lock-user.action.js';
import { mayBecome, SellerStatus, type Seller } from './seller.js';
import { createSellerLoaders } from './seller.loader.js';
import { lockSeller, updateSeller } from './seller.store.js';

export type DecideSellerOutcome =
  | { kind: 'decided'; seller: Seller }
  | { kind: 'not-found' }
  | { kind: 'own-business' }
  | { kind: 'illegal'; from: SellerStatus };

type Decision = {
  readonly sellerId: string;
  readonly status: SellerStatus;
  readonly reason: string | null;
  /** In basis points; `null` leaves it as it is. */
  readonly commissionRate: number | null;
};

/**
 * Decides about a seller. Verification makes the owner a seller, suspension or rejection a customer again; who
 * works for the shop keeps that role. `seller.decided`, and `user.role_changed` with it, are announced in the
 * same transaction.
 */
export async function decideSeller(
  { prisma, now }: Deps,
  decision: Decision,
  decidedBy: string,
): Promise<DecideSellerOutcome> {
  return prisma.$transaction(async (tx): Promise<DecideSellerOutcome> => {
    const known = await createSellerLoaders(tx).seller.load(decision.sellerId);
    if (!known) return { kind: 'not-found' };
    // Owner first, then business: applications lock them in this order too.
    await lockUser(tx, known.ownerId);
    const seller = await lockSeller(tx, known);
    if (seller.ownerId === decidedBy) return { kind: 'own-business' };
    if (!mayBecome(seller.status, decision.status)) return { kind: 'illegal', from: seller.status };
    return { kind: 'decided', seller: await settle(tx, { seller, decision, now: now() }) };
  });
}

async function settle(
  tx: Transaction,
  { seller, decision, now }: { seller: Seller; decision: Decision; now: Date },
): Promise<Seller> {
  const { status, reason, commissionRate } = decision;
  const isVerified = status === SellerStatus.VERIFIED;
  const decided = await updateSeller(tx, seller.id, {
    status,
    statusReason: reason,
    commissionBasisPoints: commissionRate ?? seller.commissionBasisPoints,
    verifiedAt: isVerified ? now : seller.verifiedAt,
    updatedAt: now,
  });
  const role = isVerified
    ? ({ from: 'customer', role: 'seller' } as const)
    : ({ from: 'seller', role: 'customer' } as const);
  await changeRole(tx, { userId: seller.ownerId, ...role }, now);
  await publish(
    tx,
    sellerDecided({
      aggregateId: seller.id,
      data: { sellerId: seller.id, userId: seller.ownerId, status },
    }),
  );
  return decided;
}
