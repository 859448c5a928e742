import Stripe from 'stripe';
import type { Logger } from '@storegraph/observability';
import {
  ForgedNotice,
  PaymentStatus,
  type IntentState,
  type NoticeSubject,
  type PaymentProvider,
  type ProviderAnswer,
  type RefundState,
  type StripeSettings,
} from './payment.js';

const TIMEOUT_MILLIS = 4_000;
/** The SDK repeats what got no answer, with the same key. */
const RETRIES = 2;
const SIGNATURE_TOLERANCE_SECONDS = 300;
/** How far two clocks may be apart, and how many intents are looked through, when one is searched by its payment. */
const CLOCK_SKEW_SECONDS = 300;
const MOST_LISTED = 2_000;

/** Stripe behind our own words: Payment Intents, Refunds, signed webhooks. */
export function createStripeClient(settings: StripeSettings, log: Logger): PaymentProvider {
  const stripe = connect(settings);
  const attempt: Attempt = (call) => answered(call, log);
  return {
    name: 'stripe',
    publishableKey: settings.publishableKey,
    ...intentsOf(stripe, attempt),
    ...refundsOf(stripe, attempt),
    subjectOf,
    readNotice(body, signature) {
      try {
        const { webhookSecret } = settings;
        const event = stripe.webhooks.constructEvent(
          body,
          signature,
          webhookSecret,
          SIGNATURE_TOLERANCE_SECONDS,
        );
        return { eventId: event.id, type: event.type, payload: event.data.object };
      } catch (cause) {
        throw new ForgedNotice('not signed by the provider, or not now', { cause });
      }
    },
  };
}

type Attempt = <Value>(call: () => Promise<Value>) => Promise<ProviderAnswer<Value>>;

type Intents = 'createIntent' | 'findIntentOf' | 'retrieveIntent' | 'confirmIntent' | 'cancelIntent';

function intentsOf(stripe: Stripe, attempt: Attempt): Pick<PaymentProvider, Intents> {
  const retrieve = async (id: string) => toIntentState(await stripe.paymentIntents.retrieve(id));

  /** What an intent is after a change Stripe refuses because of the state it has: that state is the answer. */
  const settled = async (id: string, call: () => Promise<Stripe.PaymentIntent>): Promise<IntentState> => {
    try {
      return toIntentState(await call());
    } catch (error) {
      if (!isAboutTheState(error)) throw error;
      return retrieve(id);
    }
  };

  return {
    createIntent: ({ id, orderId, attempt: number, amountMinor, currency }, description) =>
      attempt(async () => {
        const params: Stripe.PaymentIntentCreateParams = {
          amount: Number(amountMinor),
          currency: currency.toLowerCase(),
          automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
          description,
          metadata: { order_id: orderId, payment_id: id },
        };
        const options = { idempotencyKey: `${orderId}:${number}` };
        return toIntentState(await stripe.paymentIntents.create(params, options));
      }),

    findIntentOf: ({ id, createdAt }) =>
      attempt(async () => {
        const gte = Math.floor(createdAt.getTime() / 1_000) - CLOCK_SKEW_SECONDS;
        const listed = await stripe.paymentIntents
          .list({ created: { gte }, limit: 100 })
          .autoPagingToArray({ limit: MOST_LISTED });
        const found = listed.find(({ metadata }) => metadata['payment_id'] === id);
        return found ? toIntentState(found) : null;
      }),

    retrieveIntent: (id) => attempt(() => retrieve(id)),

    // No key of our own: an intent can be paid once, however often it is confirmed. The SDK's covers its repeats.
    confirmIntent: (id, { paymentMethod, returnUrl }) =>
      attempt(() => {
        const params = { payment_method: paymentMethod, ...(returnUrl && { return_url: returnUrl }) };
        return settled(id, () => stripe.paymentIntents.confirm(id, params));
      }),

    cancelIntent: (id) =>
      attempt(() =>
        settled(id, () => stripe.paymentIntents.cancel(id, { cancellation_reason: 'abandoned' })),
      ),
  };
}

function refundsOf(
  stripe: Stripe,
  attempt: Attempt,
): Pick<PaymentProvider, 'refund' | 'findRefundOf' | 'retrieveRefund'> {
  return {
    refund: ({ id, attempt: number, intentId, amountMinor }) =>
      attempt(async () => {
        const params = {
          payment_intent: intentId,
          amount: Number(amountMinor),
          metadata: { refund_id: id },
        };
        return toRefundState(await stripe.refunds.create(params, { idempotencyKey: `${id}:${number}` }));
      }),

    findRefundOf: ({ id, intentId }) =>
      attempt(async () => {
        const listed = await stripe.refunds
          .list({ payment_intent: intentId, limit: 100 })
          .autoPagingToArray({ limit: MOST_LISTED });
        const found = listed.find(({ metadata }) => metadata?.['refund_id'] === id);
        return found ? toRefundState(found) : null;
      }),

    retrieveRefund: (id) => attempt(async () => toRefundState(await stripe.refunds.retrieve(id))),
  };
}

/** A declined card, or an intent that is past the change: what it is now says it all. */
function isAboutTheState(error: unknown): boolean {
  if (error instanceof Stripe.errors.StripeCardError) return true;
  const isRefusal = error instanceof Stripe.errors.StripeInvalidRequestError;
  return isRefusal && error.code === 'payment_intent_unexpected_state';
}

function connect({ secretKey, apiUrl }: StripeSettings): Stripe {
  const options = { timeout: TIMEOUT_MILLIS, maxNetworkRetries: RETRIES, telemetry: false };
  if (apiUrl === null) return new Stripe(secretKey, options);
  const { hostname, port, protocol } = new URL(apiUrl);
  return new Stripe(secretKey, {
    ...options,
    host: hostname,
    ...(port && { port }),
    protocol: protocol === 'http:' ? 'http' : 'https',
  });
}

/** Stripe API, Errors: what each kind of failure says about whether the request was carried out. */
async function answered<Value>(call: () => Promise<Value>, log: Logger): Promise<ProviderAnswer<Value>> {
  try {
    return { kind: 'done', value: await call() };
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error;
    log.warn(
      { code: error.code, type: error.type, status: error.statusCode },
      'the payment provider said no',
    );
    if (
      error instanceof Stripe.errors.StripeAPIError ||
      error instanceof Stripe.errors.StripeIdempotencyError
    )
      return { kind: 'given-up' };
    const isDefinite = error instanceof Stripe.errors.StripeInvalidRequestError && error.statusCode !== 409;
    return isDefinite ? { kind: 'refused', message: error.message } : { kind: 'unknown' };
  }
}

/** What tells nothing new, such as the making of an intent or the charge behind it, is about nothing. */
function subjectOf({ type, payload }: { type: string; payload: unknown }): NoticeSubject {
  const object = payload as { id: string; object: string; payment_intent?: string | { id: string } | null };
  if (object.object === 'payment_intent' && type !== 'payment_intent.created') {
    return { kind: 'intent', intentId: object.id, state: toIntentState(payload as Stripe.PaymentIntent) };
  }
  if (object.object === 'refund') return { kind: 'refund', providerRefundId: object.id };
  if (type === 'charge.refunded') return { kind: 'charge', intentId: idOf(object.payment_intent) };
  return { kind: 'other' };
}

function toIntentState(intent: Stripe.PaymentIntent): IntentState {
  const failure = intent.last_payment_error;
  return {
    intentId: intent.id,
    paymentId: intent.metadata['payment_id'] ?? null,
    clientSecret: intent.client_secret,
    status: statusOf(intent),
    receivedMinor: BigInt(intent.amount_received),
    currency: intent.currency.toUpperCase(),
    approvalUrl: intent.next_action?.redirect_to_url?.url ?? null,
    declineCode: failure?.decline_code ?? failure?.code ?? null,
    errorMessage: failure?.message ?? null,
  };
}

function statusOf(intent: Stripe.PaymentIntent): IntentState['status'] {
  switch (intent.status) {
    case 'succeeded':
      return PaymentStatus.CAPTURED;
    case 'canceled':
      return PaymentStatus.CANCELLED;
    case 'requires_action':
      return PaymentStatus.REQUIRES_ACTION;
    case 'requires_capture':
      return PaymentStatus.AUTHORIZED;
    case 'requires_payment_method':
      return intent.last_payment_error ? PaymentStatus.FAILED : PaymentStatus.PENDING;
    default:
      return PaymentStatus.PENDING;
  }
}

function toRefundState(refund: Stripe.Refund): RefundState {
  return {
    providerRefundId: refund.id,
    refundId: refund.metadata?.['refund_id'] ?? null,
    intentId: idOf(refund.payment_intent),
    status: refundStatusOf(refund.status),
    amountMinor: BigInt(refund.amount),
    currency: refund.currency.toUpperCase(),
    errorMessage: refund.failure_reason ?? null,
  };
}

function refundStatusOf(status: string | null): RefundState['status'] {
  if (status === 'succeeded') return 'SUCCEEDED';
  return status === 'failed' || status === 'canceled' ? 'FAILED' : 'PENDING';
}

function idOf(reference: string | { id: string } | null | undefined): string | null {
  return typeof reference === 'object' ? (reference?.id ?? null) : (reference ?? null);
}
