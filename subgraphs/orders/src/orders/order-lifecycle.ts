/** Where an order is on its way from the checkout to the door, or back. */
export enum OrderStatus {
  PENDING = 'PENDING',
  AWAITING_PAYMENT = 'AWAITING_PAYMENT',
  PAID = 'PAID',
  PROCESSING = 'PROCESSING',
  PARTIALLY_SHIPPED = 'PARTIALLY_SHIPPED',
  SHIPPED = 'SHIPPED',
  DELIVERED = 'DELIVERED',
  CANCELLED = 'CANCELLED',
  PARTIALLY_REFUNDED = 'PARTIALLY_REFUNDED',
  REFUNDED = 'REFUNDED',
}

/** What guards look at. Amounts in minor units of the order's currency, quantities over all lines. */
export type OrderFacts = {
  readonly status: OrderStatus;
  readonly totalMinor: bigint;
  readonly capturedMinor: bigint;
  /** Given back for good. */
  readonly refundedMinor: bigint;
  readonly shippableQuantity: number;
  readonly shippedQuantity: number;
  /** Every parcel sent has arrived. */
  readonly isEverythingDelivered: boolean;
};

/** Why a move is not allowed now, or `null` when it is. */
type Guard = (facts: OrderFacts) => string | null;

const unless = (isMet: (facts: OrderFacts) => boolean, reason: string): Guard => {
  return (facts) => (isMet(facts) ? null : reason);
};

const always: Guard = () => null;
const paidInFull = unless(
  ({ capturedMinor, totalMinor }) => capturedMinor >= totalMinor,
  'It has not been paid in full.',
);
const somethingShipped = unless(({ shippedQuantity }) => shippedQuantity > 0, 'Nothing has been shipped.');
const nothingShipped = unless(
  ({ shippedQuantity }) => shippedQuantity === 0,
  'Part of it is on its way; it can be refunded instead.',
);
const everythingShipped = unless(
  ({ shippedQuantity, shippableQuantity }) => shippedQuantity >= shippableQuantity,
  'Not everything has been shipped.',
);
const everythingDelivered = unless(
  ({ isEverythingDelivered }) => isEverythingDelivered,
  'Not everything has arrived.',
);
const somethingRefunded = unless((facts) => refundedOfTotal(facts) > 0n, 'Nothing has been given back.');
const everythingRefunded = unless(
  (facts) => facts.totalMinor > 0n && refundedOfTotal(facts) >= facts.totalMinor,
  'Not everything has been given back.',
);
const nothingToShip = unless(
  ({ shippableQuantity }) => shippableQuantity === 0,
  'It has to be shipped before it arrives.',
);

type Moves = Partial<Record<OrderStatus, Guard>>;

const REFUNDS: Moves = { PARTIALLY_REFUNDED: somethingRefunded, REFUNDED: everythingRefunded };

/**
 * Who may follow whom. No path leads back to a state it left: parcels of an order that was refunded in part are
 * seen in its shipments, its status stays.
 */
const MOVES: Record<OrderStatus, Moves> = {
  PENDING: { AWAITING_PAYMENT: always, PAID: paidInFull, CANCELLED: always },
  AWAITING_PAYMENT: { PAID: paidInFull, CANCELLED: always },
  PAID: {
    PROCESSING: always,
    PARTIALLY_SHIPPED: somethingShipped,
    SHIPPED: everythingShipped,
    DELIVERED: nothingToShip,
    CANCELLED: nothingShipped,
    ...REFUNDS,
  },
  PROCESSING: {
    PARTIALLY_SHIPPED: somethingShipped,
    SHIPPED: everythingShipped,
    DELIVERED: nothingToShip,
    CANCELLED: nothingShipped,
    ...REFUNDS,
  },
  PARTIALLY_SHIPPED: { SHIPPED: everythingShipped, ...REFUNDS },
  SHIPPED: { DELIVERED: everythingDelivered, ...REFUNDS },
  DELIVERED: REFUNDS,
  PARTIALLY_REFUNDED: { REFUNDED: everythingRefunded },
  CANCELLED: {},
  REFUNDED: {},
};

/** The states that can follow at all, whatever the guards say today. */
export function allowedTransitions(status: OrderStatus): OrderStatus[] {
  return Object.keys(MOVES[status]) as OrderStatus[];
}

export type Transition =
  { kind: 'allowed' } | { kind: 'unchanged' } | { kind: 'refused'; reason: string; allowed: OrderStatus[] };

/** Whether an order may move on. Moving to where it is already is no mistake and changes nothing. */
export function transition(facts: OrderFacts, to: OrderStatus): Transition {
  if (facts.status === to) return { kind: 'unchanged' };
  const guard = MOVES[facts.status][to];
  const reason = guard ? guard(facts) : `An order that is ${facts.status} does not become ${to}.`;
  if (reason === null) return { kind: 'allowed' };
  return { kind: 'refused', reason, allowed: allowedTransitions(facts.status) };
}

/** Whether goods of the order may leave: it is paid, and not cancelled or given back whole. */
export function mayShip(status: OrderStatus): boolean {
  return [
    OrderStatus.PAID,
    OrderStatus.PROCESSING,
    OrderStatus.PARTIALLY_SHIPPED,
    OrderStatus.PARTIALLY_REFUNDED,
  ].includes(status);
}

/** What the order is once goods have left or arrived. */
export function statusAfterParcel(facts: OrderFacts): OrderStatus {
  if (facts.status === OrderStatus.PARTIALLY_REFUNDED) return facts.status;
  if (facts.shippedQuantity < facts.shippableQuantity) return OrderStatus.PARTIALLY_SHIPPED;
  return facts.isEverythingDelivered ? OrderStatus.DELIVERED : OrderStatus.SHIPPED;
}

/** What the order is once money went back. A cancelled order stays cancelled, one never paid for stays unpaid. */
export function statusAfterRefund(facts: OrderFacts): OrderStatus {
  const refunded = refundedOfTotal(facts);
  if (facts.status === OrderStatus.CANCELLED || refunded <= 0n) return facts.status;
  return refunded >= facts.totalMinor ? OrderStatus.REFUNDED : OrderStatus.PARTIALLY_REFUNDED;
}

/** What went back of the price: money taken on top of it, by a second payment, does not count when it returns. */
function refundedOfTotal({ refundedMinor, capturedMinor, totalMinor }: OrderFacts): bigint {
  const excess = capturedMinor > totalMinor ? capturedMinor - totalMinor : 0n;
  return refundedMinor - excess;
}
