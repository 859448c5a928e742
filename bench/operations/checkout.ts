import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { UnexpectedAnswer } from '../load/http-client.js';
import { ask, compact, requestBody, requireSuccess, variablesOf, type Outcome } from './graphql.js';
import { ADD, ADDRESS, FAILURE, placeOrder } from './guest.js';
import type { Input, OpenShop, Operation } from './operation.js';
import { sellableVariants } from './sellable-variants.js';

const VARIANTS = 50;
const PAID_WITHIN_MILLIS = 10_000; // ten seconds
const LOOK_EVERY_MILLIS = 10;

const PAY = compact(`
  mutation Pay($input: PayOrderInput!) {
    payOrder(input: $input) { __typename ... on PayOrderSuccess { order { id status } } ${FAILURE} }
  }`);
const ORDER = compact(`
  query PaidOrder($id: ID!, $guestToken: String!) {
    order(id: $id, guestToken: $guestToken) {
      id number status paymentStatus email shippingMethod
      lines { sku productName variantName quantity unitPrice { amount currencyCode } total { amount currencyCode } }
      totals {
        subtotal { amount currencyCode } shipping { amount currencyCode }
        tax { amount currencyCode } total { amount currencyCode }
      }
    }
  }`);

type Variables = { input: { lines: { variantId: string; quantity: number }[] } };
type PaidOrder = { id: string; number: string; totals: { total: { amount: string } } };

/** A guest's whole way from the product page to a paid order, five requests and the provider's webhook. */
export const checkout: Operation = {
  name: 'checkout',
  title: 'whole checkout, paid',
  targetCpuMillis: null,
  share: 0.2,
  changing: /"id":"ordr_[^"]*"|"number":"[^"]*"/g,

  async prepare(shop) {
    const inputs: Input[] = [];
    for (const variantId of (await sellableVariants(shop)).slice(0, VARIANTS)) {
      const request = requestBody(ADD, { input: { lines: [{ variantId, quantity: 1 }] }, address: ADDRESS });
      inputs.push({ request, answer: await buy(shop, request) });
    }
    return inputs;
  },

  async perform(shop, { request }) {
    await buy(shop, request);
  },

  floor: {
    fill: fillFloor,
    statement: `
      WITH taken AS (
        UPDATE stock SET available = available - $2 WHERE variant = $1 AND available >= $2
        RETURNING variant, price_minor, template
      ), placed AS (
        INSERT INTO orders (status, total_minor, placed_at)
        SELECT 'PAID', price_minor * $2, now() FROM taken RETURNING id, number
      ), lines AS (
        INSERT INTO order_lines (order_id, position, variant, quantity, price_minor)
        SELECT placed.id, 0, taken.variant, $2, taken.price_minor FROM placed, taken
      )
      SELECT replace(replace(taken.template, '{id}', placed.id::text), '{number}', placed.number::text) AS body
      FROM taken, placed`,
    parameters(request) {
      const [line] = variablesOf<Variables>(request).input.lines;
      return [line?.variantId, line?.quantity];
    },
  },
};

/** @returns the paid order, as its confirmation page shows it */
async function buy(shop: OpenShop, addRequest: string): Promise<string> {
  const { id, guestToken } = await placeOrder(shop, addRequest);
  const pay = {
    orderId: id,
    guestToken,
    paymentMethod: 'pm_card_visa',
    idempotencyKey: randomUUID(),
  };
  const paid = await ask<{ payOrder: Outcome<object> }>(shop, requestBody(PAY, { input: pay }));
  requireSuccess(paid.data.payOrder);
  return untilPaid(shop, { id, guestToken });
}

async function untilPaid(shop: OpenShop, order: { id: string; guestToken: string }): Promise<string> {
  const request = requestBody(ORDER, order);
  const deadline = Date.now() + PAID_WITHIN_MILLIS;
  for (;;) {
    const { text, data } = await ask<{ order: { status: string } }>(shop, request);
    if (data.order.status === 'PAID') return text;
    if (Date.now() > deadline) throw new UnexpectedAnswer('the order is not paid', text);
    await sleep(LOOK_EVERY_MILLIS);
  }
}

async function fillFloor(database: pg.Client, inputs: readonly Input[]): Promise<void> {
  await database.query(`
    CREATE TABLE stock (
      variant text PRIMARY KEY, available int NOT NULL CHECK (available >= 0),
      price_minor bigint NOT NULL, template text NOT NULL);
    CREATE SEQUENCE order_numbers START 100001;
    CREATE TABLE orders (
      id text PRIMARY KEY DEFAULT 'ordr_' || left(replace(gen_random_uuid()::text, '-', ''), 26),
      number text NOT NULL UNIQUE DEFAULT 'SG-2026-' || nextval('order_numbers'),
      status text NOT NULL, total_minor bigint NOT NULL, placed_at timestamptz NOT NULL);
    CREATE TABLE order_lines (
      order_id text NOT NULL REFERENCES orders, position int NOT NULL, variant text NOT NULL,
      quantity int NOT NULL, price_minor bigint NOT NULL, PRIMARY KEY (order_id, position))`);
  for (const { request, answer } of inputs) {
    const [line] = variablesOf<Variables>(JSON.parse(request)).input.lines;
    const { order } = (JSON.parse(answer) as { data: { order: PaidOrder } }).data;
    const template = answer.replace(order.id, '{id}').replace(order.number, '{number}');
    await database.query('INSERT INTO stock VALUES ($1, 1000000, $2, $3)', [
      line?.variantId,
      order.totals.total.amount.replace('.', ''),
      template,
    ]);
  }
}
