import { hasScopes, type Viewer } from '@storegraph/identity';

/** A business that sells here, and where its application stands. */
export type Seller = {
  readonly id: string;
  readonly ownerId: string;
  readonly slug: string;
  readonly businessName: string;
  readonly about: string | null;
  readonly taxId: string;
  readonly status: SellerStatus;
  readonly statusReason: string | null;
  /** What the shop keeps of each sale, in hundredths of a percent. */
  readonly commissionBasisPoints: number;
  readonly verifiedAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

export enum SellerStatus {
  APPLIED = 'APPLIED',
  UNDER_REVIEW = 'UNDER_REVIEW',
  VERIFIED = 'VERIFIED',
  REJECTED = 'REJECTED',
  SUSPENDED = 'SUSPENDED',
}

/** Ten percent, until a decision says otherwise. */
export const NEW_SELLER_COMMISSION_BASIS_POINTS = 1_000;

/** Which decisions may follow which. A rejected applicant applies again instead. */
const DECISIONS: Readonly<Record<SellerStatus, readonly SellerStatus[]>> = {
  [SellerStatus.APPLIED]: [SellerStatus.UNDER_REVIEW, SellerStatus.VERIFIED, SellerStatus.REJECTED],
  [SellerStatus.UNDER_REVIEW]: [SellerStatus.VERIFIED, SellerStatus.REJECTED],
  [SellerStatus.VERIFIED]: [SellerStatus.SUSPENDED],
  [SellerStatus.REJECTED]: [SellerStatus.UNDER_REVIEW],
  [SellerStatus.SUSPENDED]: [SellerStatus.VERIFIED, SellerStatus.REJECTED],
};

export function mayBecome(from: SellerStatus, to: SellerStatus): boolean {
  return DECISIONS[from].includes(to);
}

/** Verified sellers are everyone's to see; the others are seen by their owners and by who decides about them. */
export function maySee(seller: Pick<Seller, 'status' | 'ownerId'>, viewer: Viewer): boolean {
  if (seller.status === SellerStatus.VERIFIED || viewer.kind === 'service') return true;
  if (viewer.kind !== 'user') return false;
  return viewer.id === seller.ownerId || hasScopes(viewer, [['seller:read']]);
}

/** A name for web addresses: `Müller & Söhne` reads `muller-sohne`. May be empty, for names in other scripts. */
export function slugOf(businessName: string): string {
  return businessName
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '');
}

/** Basis points as the graph shows them: 1250 is `"0.1250"`, an eighth. */
export function rateOf(basisPoints: number): string {
  return (basisPoints / 10_000).toFixed(4);
}
