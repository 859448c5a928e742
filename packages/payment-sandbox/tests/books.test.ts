import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFileBooks } from '../src/index.js';
import { CARD_ONLY, openShop } from './shop.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'payment-books-'));
});
afterAll(() => rm(folder, { recursive: true }));

const order = { amount: 1_234, currency: 'usd', ...CARD_ONLY };

test('kept books carry intents, keys and refunds over a restart', async () => {
  const path = join(folder, 'restart', 'books.jsonl');
  const key = { idempotencyKey: 'ord_1:1' };
  const before = await openShop({ books: createFileBooks(path) });
  const open = await before.stripe.paymentIntents.create(order);
  const paid = await before.stripe.paymentIntents.create(
    { ...order, confirm: true, payment_method: 'pm_card_visa' },
    key,
  );
  await before.stripe.refunds.create({ payment_intent: paid.id, amount: 234 });
  await before.sandbox.webhooksDrained();
  const totals = before.sandbox.books.totals();
  await before[Symbol.asyncDispose]();

  await using after = await openShop({ books: createFileBooks(path) });
  expect(after.sandbox.books.totals()).toEqual(totals);
  const replayed = await after.stripe.paymentIntents.create(
    { ...order, confirm: true, payment_method: 'pm_card_visa' },
    key,
  );
  expect(replayed.id).toBe(paid.id);
  expect((await after.stripe.refunds.create({ payment_intent: paid.id })).amount).toBe(1_000);
  expect(
    (await after.stripe.paymentIntents.confirm(open.id, { payment_method: 'pm_card_visa' })).status,
  ).toBe('succeeded');
  const ids = new Set(after.receiver.deliveries.map(({ event }) => event.id));
  const delivered = before.receiver.deliveries.filter(({ event }) => ids.has(event.id));
  expect(delivered).toEqual([]);
});

test('events the shop never accepted are delivered after a restart, and processing payments settle', async () => {
  const path = join(folder, 'undelivered.jsonl');
  const before = await openShop({ books: createFileBooks(path), settleMillis: 60_000 });
  before.receiver.refuseNext(1_000);
  const debit = await before.stripe.paymentIntents.create({
    amount: 50,
    currency: 'usd',
    allowed_payment_method_types: ['us_bank_account'],
    confirm: true,
    payment_method: 'pm_usBankAccount_success',
  });
  await before[Symbol.asyncDispose]();

  await using after = await openShop({ books: createFileBooks(path) });
  await expect
    .poll(() => after.receiver.types())
    .toEqual(expect.arrayContaining(['payment_intent.created', 'payment_intent.succeeded']));
  expect((await after.stripe.paymentIntents.retrieve(debit.id)).status).toBe('succeeded');
});

test('a line cut short by a kill is forgotten, the rest is read', async () => {
  const path = join(folder, 'torn.jsonl');
  const before = await openShop({ books: createFileBooks(path) });
  const { id } = await before.stripe.paymentIntents.create(order);
  await before[Symbol.asyncDispose]();
  await appendFile(path, '[{"table":"payment_intent","row":{"id":"pi_torn"');

  await using after = await openShop({ books: createFileBooks(path) });
  expect(after.sandbox.books.intents().map((intent) => intent.id)).toEqual([id]);
  expect(await readFile(path, 'utf8')).not.toContain('pi_torn');
});
