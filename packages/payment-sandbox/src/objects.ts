import type Stripe from 'stripe';

/** A type of the official SDK with some fields narrowed to what this provider stores: ids, never nested objects. */
type Stored<T, Narrowed> = Omit<T, keyof Narrowed> & Narrowed;

export type PaymentIntent = Stored<
  Stripe.PaymentIntent,
  {
    client_secret: string;
    application: null;
    customer: null;
    latest_charge: string | null;
    on_behalf_of: null;
    payment_method: string | null;
    payment_record: null;
    review: null;
    source: null;
    status: IntentStatus;
  }
>;

export type IntentStatus =
  | 'requires_payment_method'
  | 'requires_confirmation'
  | 'requires_action'
  | 'processing'
  | 'requires_capture'
  | 'succeeded'
  | 'canceled';

export type Charge = Stored<
  Stripe.Charge,
  {
    application: null;
    application_fee: null;
    balance_transaction: null;
    customer: null;
    failure_balance_transaction: null;
    on_behalf_of: null;
    payment_intent: string;
    payment_method: string;
    review: null;
    source_transfer: null;
  }
>;

export type Refund = Stored<
  Stripe.Refund,
  {
    balance_transaction: null;
    charge: string;
    customer: null;
    metadata: Record<string, string>;
    payment_intent: string;
    payment_method: string;
    source_transfer_reversal: null;
    status: 'pending' | 'succeeded' | 'failed';
    transfer_reversal: null;
  }
>;

export type PaymentMethod = Stored<
  Stripe.PaymentMethod,
  { customer: null; metadata: Record<string, string> }
>;

/** What an event may be about. */
export type EventSubject = PaymentIntent | Charge | Refund;

export type EventType = Extract<
  Stripe.Event.Type,
  | `payment_intent.${'created' | 'succeeded' | 'payment_failed' | 'requires_action' | 'processing' | 'canceled' | 'amount_capturable_updated'}`
  | `charge.${'succeeded' | 'failed' | 'pending' | 'captured' | 'refunded'}`
  | `refund.${'created' | 'updated' | 'failed'}`
>;

/** Something that happened, as delivered to the webhook endpoint. `pending_webhooks` falls to 0 once delivered. */
export interface SandboxEvent {
  id: string;
  object: 'event';
  api_version: string;
  created: number;
  data: { object: EventSubject; previous_attributes?: Record<string, unknown> };
  livemode: false;
  pending_webhooks: number;
  request: { id: string | null; idempotency_key: string | null };
  type: EventType;
}

/** An event a rule asks for; the ledger stamps it with an id, a time and the request that caused it. */
export interface Announcement {
  type: EventType;
  object: EventSubject;
  previous?: Record<string, unknown>;
}
