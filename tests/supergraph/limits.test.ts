import { randomUUID } from 'node:crypto';
import { Agent, fetch as fetchFrom } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEMO_PASSWORD } from '../../standalone/src/demo/people.js';
import { addToCart } from './shop/victim.js';
import { openShop, OPENING_MILLIS, type Shop } from './shop/open-shop.js';
import { guestOf, signIn, type Answer, type Data, type Visitor } from './shop/visitor.js';

/** Of accounts, for one e-mail address. */
const PER_ACCOUNT = 10;
/** Of the gateway, from one network: what the tests below make, one after another. */
const ATTEMPTS = 100;
/** A login is of fifty points and a mutation of ten: more of them cost a guest too much. */
const AT_ONCE = 15;

let shop: Shop;
let guest: Visitor;

beforeAll(async () => {
  shop = await openShop({
    settings: {
      RATE_LIMITS: 'true',
      RATE_LIMIT_ATTEMPTS: String(ATTEMPTS),
      RATE_LIMIT_WINDOW_SECONDS: '3600',
      LOGIN_ATTEMPTS_PER_ACCOUNT: String(PER_ACCOUNT),
    },
  });
  guest = guestOf(shop);
}, OPENING_MILLIS);
afterAll(() => shop?.[Symbol.asyncDispose]());

describe('one operation over the whole shop', () => {
  test('may cost staff more than a guest', async () => {
    const dear = `{ products(first: 100) { edges { node { id name variants(first: 10) { edges { node { sku } } } } } } }`;
    const refused = await guest.ask(dear);
    expect([refused.status, refused.data]).toEqual([400, {}]);
    expect(refused.errors[0]?.extensions).toMatchObject({ limit: 'cost', maximum: 1_000 });
    const staff = await signIn(shop, 'staff@storegraph.test'); // the first attempt
    const { status, data, codes } = await staff.ask(dear);
    expect([status, codes, data['products'].edges.length]).toEqual([200, [], shop.demo.products.length]);
  });
});

describe('attempts to sign in', () => {
  const tried = { accountsSaw: 0, fromHere: 1 };

  test('count one by one, however many an operation makes', async () => {
    const { status, data } = await guest.ask(...loginsAs(Array<string>(AT_ONCE).fill(newEmail())));
    expect([status, codesOf(data)]).toEqual([
      200,
      [...Array<string>(PER_ACCOUNT).fill('BAD_CREDENTIALS'), ...lockedTimes(AT_ONCE - PER_ACCOUNT)],
    ]);
    count(AT_ONCE);
    expect(await attemptsAtAccounts()).toBe(tried.accountsSaw);
  });

  test('count one by one, however many operations are made side by side', async () => {
    const email = newEmail();
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => guest.ask(...loginsAs([email, email]))),
    );
    const codes = answers.flatMap(({ data }) => codesOf(data)).sort();
    expect(codes).toEqual([
      ...lockedTimes(24 - PER_ACCOUNT),
      ...Array<string>(PER_ACCOUNT).fill('BAD_CREDENTIALS'),
    ]);
    count(24);
    expect(await attemptsAtAccounts()).toBe(tried.accountsSaw);
  });

  test('are not made at all by an operation that is too dear', async () => {
    const { status, errors } = await guest.ask(...loginsAs(Array.from({ length: 30 }, newEmail)));
    expect([status, errors[0]?.extensions['limit']]).toEqual([400, 'cost']);
    expect(await attemptsAtAccounts()).toBe(tried.accountsSaw);
  });

  test('in a flood are refused past the limit, to the one, while goods are shown', async () => {
    const left = ATTEMPTS - tried.fromHere;
    let isOver = false;
    const flood = Promise.all(
      Array.from({ length: left + 40 }, () => guest.ask(...loginsAs([newEmail()]))),
    ).finally(() => (isOver = true));
    // Each is another document, so that no kept answer serves it.
    const reading = Array.from({ length: 20 }, (_, at) => guest.ask(goodsOf(at + 1)));
    await Promise.race(reading);
    expect(isOver).toBe(false);
    const reads = await Promise.all(reading);
    expect(reads.map(({ status, data }) => [status, data['products'].edges.length])).toEqual(
      reads.map((_, at) => [200, at + 1]),
    );
    const answers = await flood;
    const refused = answers.filter(({ status }) => status === 429);
    expect([refused.length, answers.length - refused.length]).toEqual([40, left]);
    expect(refused.every(isRateLimited)).toBe(true);
    count(left);
    expect(await attemptsAtAccounts()).toBe(tried.accountsSaw);
  });

  test('are over for a network that spent them, whoever asks and however, and nothing else is', async () => {
    const [query, variables] = loginsAs(['shopper@storegraph.test'], DEMO_PASSWORD);
    expect(isRateLimited(await guest.ask(query, variables))).toBe(true);
    const watched = guest.watch(query, variables);
    const told = await watched.until(() => true);
    await watched.stop();
    expect(JSON.stringify(told)).toContain('RATE_LIMITED');
    expect((await guest.ask(goodsOf(5))).status).toBe(200);
    expect(await addToCart(shop, guest, 0)).toMatchObject({ lines: [{}] });
    expect(await attemptsAtAccounts()).toBe(tried.accountsSaw);
  });

  // Elsewhere a machine has but one address of its own.
  test.runIf(process.platform === 'linux')('are left to every other network', async () => {
    const neighbour = new Agent({ localAddress: '127.0.0.2' });
    const [query, variables] = loginsAs(['shopper@storegraph.test'], DEMO_PASSWORD);
    const response = await fetchFrom(`${shop.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
      dispatcher: neighbour,
    });
    const answer = await response.json();
    await neighbour.close();
    expect([response.status, answer]).toEqual([200, { data: { a0: { __typename: 'LoginSuccess' } } }]);
  });

  function count(attempts: number): void {
    tried.accountsSaw += attempts;
    tried.fromHere += attempts;
  }
});

/** An operation that tries the password for each of the addresses, as `a0`, `a1` and so on. */
function loginsAs(
  emails: readonly string[],
  password = 'not the password',
): [query: string, variables: Record<string, unknown>] {
  const declared = emails.map((_, at) => `$i${at}: LoginInput!`).join(', ');
  const fields = emails.map(
    (_, at) => `a${at}: login(input: $i${at}) { __typename ... on UserError { code } }`,
  );
  const inputs = emails.map((email, at) => [`i${at}`, { email, password }]);
  return [`mutation Logins(${declared}) { ${fields.join(' ')} }`, Object.fromEntries(inputs)];
}

const goodsOf = (count: number) => `{ products(first: ${count}) { edges { node { name } } } }`;

const newEmail = () => `${randomUUID()}@mail.test`;

const lockedTimes = (count: number) => Array<string>(count).fill('ACCOUNT_LOCKED');

function codesOf(data: Data): string[] {
  return Object.values(data as Record<string, Data>).map(({ code }) => String(code));
}

function isRateLimited({ status, data, codes, errors }: Answer): boolean {
  const waits = Number(errors[0]?.extensions['retryAfterSeconds']) > 0;
  return status === 429 && Object.keys(data).length === 0 && codes.join() === 'RATE_LIMITED' && waits;
}

/** How many attempts accounts counted for addresses; those that succeeded are forgotten. */
async function attemptsAtAccounts(): Promise<number> {
  const { rows } = await shop.domains.accounts.pool.query<{ sum: number }>(
    "SELECT coalesce(sum(attempts), 0)::int AS sum FROM login_throttles WHERE key LIKE 'account:%'",
  );
  return rows[0]?.sum ?? -1;
}
