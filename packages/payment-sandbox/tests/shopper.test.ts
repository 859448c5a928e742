import { describe, expect, test } from 'vitest';
import { CARD_ONLY, openShop, refusalOf } from './shop.js';
import type { Shop } from './shop.js';

const order = { amount: 2_500, currency: 'usd', metadata: { order_id: 'ord_7' } };
const RETURN_URL = 'https://shop.example/thanks?order=7';

/** The shopper opens the bank's page and answers. */
async function answerBank(url: string | undefined, decision: 'approve' | 'refuse'): Promise<Response> {
  if (!url) throw new Error('There is no bank page to answer');
  const page = await fetch(url);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('$25.00');
  return fetch(url, { method: 'POST', body: new URLSearchParams({ decision }), redirect: 'manual' });
}

async function awaitApproval(shop: Shop, token = 'pm_card_threeDSecure2Required') {
  return shop.stripe.paymentIntents.create({
    ...order,
    confirm: true,
    payment_method: token,
    return_url: RETURN_URL,
  });
}

describe('3-D Secure', () => {
  test('approved, the payment succeeds and the shopper returns to the shop', async () => {
    await using shop = await openShop();
    const waiting = await awaitApproval(shop);
    expect(waiting).toMatchObject({ status: 'requires_action', next_action: { type: 'redirect_to_url' } });

    const page = waiting.next_action?.redirect_to_url?.url ?? undefined;
    const answer = await answerBank(page, 'approve');
    const back = new URL(answer.headers.get('location') ?? '');
    expect(answer.status).toBe(303);
    expect(back.origin + back.pathname).toBe('https://shop.example/thanks');
    expect(Object.fromEntries(back.searchParams)).toMatchObject({
      order: '7',
      payment_intent: waiting.id,
      redirect_status: 'succeeded',
    });
    expect(await shop.stripe.paymentIntents.retrieve(waiting.id)).toMatchObject({
      status: 'succeeded',
      next_action: null,
    });
    expect(
      (await fetch(page ?? '', { method: 'POST', body: new URLSearchParams({ decision: 'refuse' }) })).status,
    ).toBe(410);
    expect(shop.sandbox.books.succeededIntents()).toHaveLength(1);
    await shop.sandbox.webhooksDrained();
    expect(shop.receiver.types()).toEqual(
      expect.arrayContaining(['payment_intent.requires_action', 'payment_intent.succeeded']),
    );
  });

  test('refused, the intent waits for another card', async () => {
    await using shop = await openShop();
    const waiting = await awaitApproval(shop, 'pm_card_authenticationRequired');
    const answer = await answerBank(waiting.next_action?.redirect_to_url?.url ?? undefined, 'refuse');
    expect(answer.headers.get('location')).toContain('redirect_status=failed');
    expect(await shop.stripe.paymentIntents.retrieve(waiting.id)).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { code: 'payment_intent_authentication_failure' },
    });
    await shop.sandbox.webhooksDrained();
    expect(shop.receiver.types()).toContain('payment_intent.payment_failed');
    const paid = await shop.stripe.paymentIntents.confirm(waiting.id, {
      payment_method: 'pm_card_visa',
      return_url: RETURN_URL,
    });
    expect(paid.status).toBe('succeeded');
  });

  test('with nobody there to approve is a decline', async () => {
    await using shop = await openShop();
    const call = shop.stripe.paymentIntents.create({
      ...order,
      ...CARD_ONLY,
      confirm: true,
      off_session: true,
      payment_method: 'pm_card_authenticationRequired',
    });
    expect(await refusalOf(call)).toMatchObject({ statusCode: 402, code: 'authentication_required' });
  });

  test('repriced while waiting must be confirmed and approved again', async () => {
    await using shop = await openShop();
    const waiting = await awaitApproval(shop);
    const repriced = await shop.stripe.paymentIntents.update(waiting.id, { amount: 9_900 });
    expect(repriced).toMatchObject({ status: 'requires_confirmation', next_action: null });
    expect((await fetch(waiting.next_action?.redirect_to_url?.url ?? '')).status).toBe(410);
  });

  test('never returns a shopper to a script', async () => {
    await using shop = await openShop();
    const call = shop.stripe.paymentIntents.create({ ...order, return_url: 'javascript:alert(1)' });
    expect(await refusalOf(call)).toMatchObject({ statusCode: 400, param: 'return_url' });
  });
});

describe('a browser', () => {
  const card = (number: string) => ({
    'payment_method_data[type]': 'card',
    'payment_method_data[card][number]': number,
    'payment_method_data[card][exp_month]': '11',
    'payment_method_data[card][exp_year]': '2039',
    'payment_method_data[card][cvc]': '123',
  });

  test.each([
    { number: '4242424242424242', status: 200, intentStatus: 'succeeded', declineCode: undefined },
    {
      number: '4000000000000002',
      status: 402,
      intentStatus: 'requires_payment_method',
      declineCode: 'generic_decline',
    },
    {
      number: '4000000000009995',
      status: 402,
      intentStatus: 'requires_payment_method',
      declineCode: 'insufficient_funds',
    },
    { number: '4000002500003155', status: 200, intentStatus: 'requires_action', declineCode: undefined },
    { number: '4000 0027 6000 3184', status: 200, intentStatus: 'requires_action', declineCode: undefined },
  ])('pays with $number: $status $intentStatus', async ({ number, status, intentStatus, declineCode }) => {
    await using shop = await openShop();
    const intent = await shop.stripe.paymentIntents.create(order);
    const form = { client_secret: intent.client_secret ?? '', ...card(number) };
    const answer = await shop.browser(`/v1/payment_intents/${intent.id}/confirm`, form);
    expect(answer.status).toBe(status);
    expect((answer.body.error?.payment_intent ?? answer.body).status).toBe(intentStatus);
    expect(answer.body.error?.decline_code).toBe(declineCode);
    expect((await shop.stripe.paymentIntents.retrieve(intent.id)).status).toBe(intentStatus);
  });

  test('sees neither metadata nor anything without the client secret', async () => {
    await using shop = await openShop();
    const intent = await shop.stripe.paymentIntents.create(order);
    const path = `/v1/payment_intents/${intent.id}/confirm`;
    const wrong = await shop.browser(path, { client_secret: 'pi_1_secret_2', ...card('4242424242424242') });
    expect(wrong).toMatchObject({
      status: 400,
      body: { error: { code: 'payment_intent_invalid_parameter', param: 'client_secret' } },
    });
    const form = {
      client_secret: intent.client_secret ?? '',
      'metadata[order_id]': 'ord_8',
      payment_method: 'pm_card_visa',
    };
    const paid = await shop.browser(path, form);
    expect(paid.body).toMatchObject({ id: intent.id, status: 'succeeded' });
    expect(paid.body).not.toHaveProperty('metadata');
    expect((await shop.stripe.paymentIntents.retrieve(intent.id)).metadata).toEqual({ order_id: 'ord_7' });
  });

  test.each([
    ['4242424242424241', 'incorrect_number'],
    ['4111111111111111', 'card_declined'],
  ])('learns that %s is no test card (%s)', async (number, code) => {
    await using shop = await openShop();
    const form = { type: 'card', 'card[number]': number, 'card[exp_month]': '1', 'card[exp_year]': '39' };
    expect(await shop.browser('/v1/payment_methods', form)).toMatchObject({
      status: 402,
      body: { error: { code } },
    });
  });

  test('makes a payment method that the shop then charges', async () => {
    await using shop = await openShop();
    const form = {
      type: 'card',
      'card[number]': '4242424242424242',
      'card[exp_month]': '1',
      'card[exp_year]': '39',
    };
    const { body } = await shop.browser('/v1/payment_methods', form);
    const paid = await shop.stripe.paymentIntents.create({
      ...order,
      ...CARD_ONLY,
      confirm: true,
      payment_method: body.id ?? '',
    });
    expect(paid.status).toBe('succeeded');
  });
});
