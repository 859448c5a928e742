import type { Decline } from './cards.js';
import type { Charge, PaymentIntent, PaymentMethod } from './objects.js';
import { ApiError } from './wire.js';
import type { ErrorBody } from './wire.js';

/** A payment that was refused: what the intent remembers, and what the caller is told. */
export interface PaymentFailure {
  lastError: NonNullable<PaymentIntent['last_payment_error']>;
  status: 400 | 402;
  body: ErrorBody;
}

/** 400 `payment_intent_unexpected_state`, carrying the intent so that the caller sees where it stands. */
export function unexpectedState(intent: PaymentIntent, message: string): ApiError {
  return new ApiError(400, {
    type: 'invalid_request_error',
    code: 'payment_intent_unexpected_state',
    message,
    payment_intent: intent,
  });
}

/** 402: the bank refused. */
export function asCardError(
  decline: Decline,
  { charge, method }: { charge: Charge; method: PaymentMethod },
): PaymentFailure {
  const told = {
    type: 'card_error',
    code: decline.code,
    message: decline.message,
    charge: charge.id,
    payment_method: method,
    ...(decline.declineCode && { decline_code: decline.declineCode }),
  } as const;
  return { lastError: told, status: 402, body: told };
}

/** The shopper, or their bank, refused the approval page. */
export function authenticationFailure(method: PaymentMethod): PaymentFailure {
  const told = {
    type: 'invalid_request_error',
    code: 'payment_intent_authentication_failure',
    message:
      'We are unable to authenticate your payment method. Please choose a different payment method and try again.',
    payment_method: method,
  } as const;
  return { lastError: told, status: 400, body: told };
}

/** The bank wants approval and nobody is there to give it. */
export function authenticationRequired(): { kind: 'declined'; decline: Decline } {
  return {
    kind: 'declined',
    decline: {
      code: 'authentication_required',
      declineCode: 'authentication_required',
      message: 'Your card was declined. This transaction requires authentication.',
    },
  };
}

/** What the caller of a refused payment receives. */
export function failureAnswer(failure: PaymentFailure, intent: PaymentIntent): ApiError {
  return new ApiError(failure.status, { ...failure.body, payment_intent: intent });
}
