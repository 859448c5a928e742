import {
  cancelPayment,
  capturePayment,
  confirmPayment,
  createIntent,
  listIntents,
  retrieveIntent,
  updateIntent,
} from './payment-intents.action.js';
import { createMethod, retrieveMethod } from './payment-methods.action.js';
import { listCharges, listEvents, retrieveCharge, retrieveEvent } from './records.action.js';
import { createRefund, listRefunds, retrieveRefund, updateRefund } from './refunds.action.js';
import type { Action } from './work.js';

export interface Route {
  method: 'GET' | 'POST';
  path: string;
  action: Action;
  /** Browsers may call it with the publishable key. */
  isPublic?: true;
}

/** The part of Stripe's API a shop uses. */
export const ROUTES: readonly Route[] = [
  { method: 'POST', path: '/v1/payment_intents', action: createIntent },
  { method: 'GET', path: '/v1/payment_intents', action: listIntents },
  { method: 'GET', path: '/v1/payment_intents/:id', action: retrieveIntent, isPublic: true },
  { method: 'POST', path: '/v1/payment_intents/:id', action: updateIntent },
  { method: 'POST', path: '/v1/payment_intents/:id/confirm', action: confirmPayment, isPublic: true },
  { method: 'POST', path: '/v1/payment_intents/:id/capture', action: capturePayment },
  { method: 'POST', path: '/v1/payment_intents/:id/cancel', action: cancelPayment },
  { method: 'POST', path: '/v1/payment_methods', action: createMethod, isPublic: true },
  { method: 'GET', path: '/v1/payment_methods/:id', action: retrieveMethod },
  { method: 'POST', path: '/v1/refunds', action: createRefund },
  { method: 'GET', path: '/v1/refunds', action: listRefunds },
  { method: 'GET', path: '/v1/refunds/:id', action: retrieveRefund },
  { method: 'POST', path: '/v1/refunds/:id', action: updateRefund },
  { method: 'GET', path: '/v1/charges', action: listCharges },
  { method: 'GET', path: '/v1/charges/:id', action: retrieveCharge },
  { method: 'GET', path: '/v1/events', action: listEvents },
  { method: 'GET', path: '/v1/events/:id', action: retrieveEvent },
];
