import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newId } from './ids.js';
import { draftIntent } from './intent-terms.js';
import {
  INTENT_TRANSITIONS,
  cancelIntent,
  captureIntent,
  confirmIntent,
  finishAuthentication,
  settleProcessing,
} from './intents.js';
import type { Step } from './intents.js';
import type { Charge, PaymentIntent } from './objects.js';
import { meansOfToken } from './payment-methods.js';
import type { Means } from './payment-methods.js';
import { ApiError } from './wire.js';

const mint = { nowSeconds: 1_800_000_000, newId };

interface Life {
  intent: PaymentIntent;
  charge: Charge | null;
  means: Means;
}

const MOVES: Record<string, (life: Life) => Step> = {
  confirm: ({ intent, means }) =>
    confirmIntent(
      intent,
      { means, mayAskShopper: true, authentication: { url: 'http://bank/1', returnUrl: null } },
      mint,
    ),
  'confirm off session': ({ intent, means }) =>
    confirmIntent(
      intent,
      { means, mayAskShopper: false, authentication: { url: 'http://bank/1', returnUrl: null } },
      mint,
    ),
  approve: ({ intent, means }) => finishAuthentication(intent, { isApproved: true, means }, mint),
  refuse: ({ intent, means }) => finishAuthentication(intent, { isApproved: false, means }, mint),
  cancel: ({ intent, charge }) => cancelIntent(intent, { reason: null, heldCharge: charge }, mint),
  capture: ({ intent, charge }) => captureIntent(intent, charge, 40),
  settle: ({ intent, charge, means }) =>
    intent.status === 'processing' && charge
      ? settleProcessing(intent, { charge, means })
      : { intent, events: [] },
};

function tryMove(life: Life, move: string): Step | null {
  try {
    return MOVES[move]?.(life) ?? null;
  } catch (error) {
    if (error instanceof ApiError) return null;
    throw error;
  }
}

const TOKENS = [
  'pm_card_visa',
  'pm_card_chargeDeclined',
  'pm_card_authenticationRequired',
  'pm_card_authenticationRequiredChargeDeclinedInsufficientFunds',
  'pm_usBankAccount_success',
  'pm_usBankAccount_insufficientFunds',
];

test('no sequence of moves leaves the table, leaves a final status, or receives money twice', () => {
  const moves = fc.array(fc.tuple(fc.constantFrom(...Object.keys(MOVES)), fc.constantFrom(...TOKENS)), {
    maxLength: 14,
  });
  fc.assert(
    fc.property(moves, fc.constantFrom('automatic', 'manual'), (steps, captureMethod) => {
      let intent = draftIntent({ amount: '100', currency: 'usd', capture_method: captureMethod }, mint);
      let charge: Charge | null = null;
      let payments = 0;
      for (const [move, token] of steps) {
        const before = intent;
        const step = tryMove({ intent, charge, means: meansOfToken(token, mint) as Means }, move);
        if (!step || step.intent === before) continue;
        intent = step.intent;
        charge = step.charge ?? charge;
        if (before.status !== intent.status)
          expect(INTENT_TRANSITIONS[before.status]).toContain(intent.status);
        expect(INTENT_TRANSITIONS[before.status]).not.toEqual([]);
        expect(step.events.length).toBeGreaterThan(0);
        payments += step.events.filter(({ type }) => type === 'payment_intent.succeeded').length;
        expect(intent.amount_received > 0).toBe(intent.status === 'succeeded');
        expect(intent.amount_capturable > 0).toBe(intent.status === 'requires_capture');
        expect(intent.next_action !== null).toBe(intent.status === 'requires_action');
      }
      expect(payments).toBe(intent.status === 'succeeded' ? 1 : 0);
    }),
  );
});
