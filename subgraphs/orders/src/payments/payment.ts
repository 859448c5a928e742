/** Where the money of an order, or of one payment, is. */
export enum PaymentStatus {
  PENDING = 'PENDING',
  REQUIRES_ACTION = 'REQUIRES_ACTION',
  AUTHORIZED = 'AUTHORIZED',
  CAPTURED = 'CAPTURED',
  FAILED = 'FAILED',
  CANCELLED = 'CANCELLED',
  PARTIALLY_REFUNDED = 'PARTIALLY_REFUNDED',
  REFUNDED = 'REFUNDED',
}

/** One attempt to be paid for an order: one intent at the provider, however many cards are tried on it. */
export type Payment = {
  readonly id: string;
  readonly orderId: string;
  /** With the order it names the provider's idempotency key; grows when the provider gives a key up. */
  readonly attempt: number;
  readonly provider: string;
  /** `null` until the provider has answered. */
  readonly intentId: string | null;
  readonly clientSecret: string | null;
  readonly approvalUrl: string | null;
  readonly status: PaymentStatus;
  readonly amountMinor: bigint;
  readonly capturedMinor: bigint;
  /** Given back or on its way back. */
  readonly refundedMinor: bigint;
  readonly currency: string;
  readonly declineCode: string | null;
  readonly errorMessage: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** When the provider last told its state for certain; `null` while in doubt. */
  readonly checkedAt: Date | null;
};

/** An account at Stripe, or at a stand-in that speaks its language. */
export type StripeSettings = {
  readonly secretKey: string;
  /** For the storefront. */
  readonly publishableKey: string;
  readonly webhookSecret: string;
  /** Where a stand-in listens; `null` is Stripe itself. */
  readonly apiUrl: string | null;
};

/** The most one payment can be; Stripe takes eight digits. Minor units. */
export const MOST_PAYABLE_MINOR = 99_999_999n;

/** What the provider says about an intent, in our words. */
export type IntentState = {
  readonly intentId: string;
  /** Which payment it was made for. */
  readonly paymentId: string | null;
  readonly clientSecret: string | null;
  readonly status:
    | PaymentStatus.PENDING
    | PaymentStatus.REQUIRES_ACTION
    | PaymentStatus.AUTHORIZED
    | PaymentStatus.CAPTURED
    | PaymentStatus.FAILED
    | PaymentStatus.CANCELLED;
  readonly receivedMinor: bigint;
  readonly currency: string;
  /** Where the shopper approves the payment with their bank. */
  readonly approvalUrl: string | null;
  readonly declineCode: string | null;
  readonly errorMessage: string | null;
};

/** What the provider says about a refund, in our words. */
export type RefundState = {
  /** `null` when the provider would not make one. */
  readonly providerRefundId: string | null;
  /** Which refund of ours it is; `null` when somebody refunded at the provider itself. */
  readonly refundId: string | null;
  readonly intentId: string | null;
  readonly status: 'PENDING' | 'SUCCEEDED' | 'FAILED';
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly errorMessage: string | null;
};

/**
 * An answer of the provider. `unknown`: it cannot be told whether the request was carried out; the same key may be
 * sent again. `given-up`: the key is burnt, what it did can be looked up. `refused`: certainly not carried out.
 */
export type ProviderAnswer<Value> =
  | { readonly kind: 'done'; readonly value: Value }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'given-up' }
  | { readonly kind: 'refused'; readonly message: string };

/** Something the provider told us about, its signature checked. */
export type ProviderNotice = {
  readonly eventId: string;
  readonly type: string;
  readonly payload: unknown;
};

/** What a notice is about. */
export type NoticeSubject =
  | { readonly kind: 'intent'; readonly intentId: string; readonly state: IntentState }
  | { readonly kind: 'refund'; readonly providerRefundId: string }
  | { readonly kind: 'charge'; readonly intentId: string | null }
  | { readonly kind: 'other' };

/** A company that moves money. Methods never throw for what the network or the provider does. */
export type PaymentProvider = {
  readonly name: string;
  readonly publishableKey: string;
  createIntent(
    payment: Pick<Payment, 'id' | 'orderId' | 'attempt' | 'amountMinor' | 'currency'>,
    description: string,
  ): Promise<ProviderAnswer<IntentState>>;
  /** The intent made for a payment, if any: for when its creation got no answer. */
  findIntentOf(payment: Pick<Payment, 'id' | 'createdAt'>): Promise<ProviderAnswer<IntentState | null>>;
  retrieveIntent(intentId: string): Promise<ProviderAnswer<IntentState>>;
  /** Tries to take the money. A declined card is an answer: the intent is then FAILED and may be tried again. */
  confirmIntent(
    intentId: string,
    means: { paymentMethod: string; returnUrl: string | null },
  ): Promise<ProviderAnswer<IntentState>>;
  /** Makes sure nobody pays it any more; refused when somebody has. */
  cancelIntent(intentId: string): Promise<ProviderAnswer<IntentState>>;
  refund(refund: {
    id: string;
    attempt: number;
    intentId: string;
    amountMinor: bigint;
  }): Promise<ProviderAnswer<RefundState>>;
  /** The refund made for one of ours, if any. */
  findRefundOf(refund: { id: string; intentId: string }): Promise<ProviderAnswer<RefundState | null>>;
  retrieveRefund(providerRefundId: string): Promise<ProviderAnswer<RefundState>>;
  /** @throws {ForgedNotice} when the signature does not cover these bytes, or is older than five minutes */
  readNotice(body: Buffer, signature: string): ProviderNotice;
  subjectOf(notice: Pick<ProviderNotice, 'type' | 'payload'>): NoticeSubject;
};

/** A webhook nobody at the provider has signed. Nothing was read of it. */
export class ForgedNotice extends Error {
  override readonly name = 'ForgedNotice';
}

/** Whether the money has arrived, even if it went back since. */
export function isCaptured(status: PaymentStatus): boolean {
  return [PaymentStatus.CAPTURED, PaymentStatus.PARTIALLY_REFUNDED, PaymentStatus.REFUNDED].includes(status);
}

/** Whether a payment may still be paid. A declined one may: with another card. */
export function isOpen(status: PaymentStatus): boolean {
  return [
    PaymentStatus.PENDING,
    PaymentStatus.REQUIRES_ACTION,
    PaymentStatus.AUTHORIZED,
    PaymentStatus.FAILED,
  ].includes(status);
}

/** What a captured payment is once so much of it went back. */
export function statusOfCaptured({
  capturedMinor,
  refundedMinor,
}: Pick<Payment, 'capturedMinor' | 'refundedMinor'>): PaymentStatus {
  if (refundedMinor === 0n) return PaymentStatus.CAPTURED;
  return refundedMinor >= capturedMinor ? PaymentStatus.REFUNDED : PaymentStatus.PARTIALLY_REFUNDED;
}

/** Where the money of an order is, from all attempts to pay it, oldest first. */
export function paymentStatusOfOrder(payments: readonly Pick<Payment, 'status'>[]): PaymentStatus {
  const captured = payments.filter(({ status }) => isCaptured(status)).map(({ status }) => status);
  const last = payments.at(-1)?.status ?? PaymentStatus.PENDING;
  if (captured.length === 0) return last;
  const kept = captured.filter((status) => status !== PaymentStatus.REFUNDED);
  if (kept.length === 0) return PaymentStatus.REFUNDED;
  return kept.includes(PaymentStatus.CAPTURED) ? PaymentStatus.CAPTURED : PaymentStatus.PARTIALLY_REFUNDED;
}
