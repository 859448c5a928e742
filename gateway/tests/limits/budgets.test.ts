import { describe, expect, it } from 'vitest';
import { DEFAULT_BUDGETS } from '../../src/limits/budgets.js';
import { readLimits } from '../../src/limits/limits-config.js';
import { STAFF, type Asking, type TestGateway } from '../test-gateway.js';
import { enter } from '../test-socket.js';
import { API_KEY, API_KEYS, startPricedGateway } from './priced-gateway.js';

/** Each of ten points. */
const shelves = (count: number) =>
  `{ ${Array.from({ length: count }, (_, at) => `s${at}: products(first: 2) { name }`).join(' ')} }`;

const SETTINGS = { COST_BUDGETS: 'anonymous=20, user=40, seller=60, apiKey=80, staff=100', API_KEYS };

/** How many shelves each kind of client may ask for at once, and how it shows who it is. */
const CLIENTS: [kind: string, shelves: number, asking: (gateway: TestGateway) => Promise<Asking>][] = [
  ['a guest', 2, () => Promise.resolve({})],
  ['a customer', 4, async (gateway) => ({ token: await gateway.token() })],
  ['a seller', 6, async (gateway) => ({ token: await gateway.token({ role: 'seller', sellerId: 's1' }) })],
  ['a program with a key', 8, () => Promise.resolve({ headers: { 'x-api-key': API_KEY } })],
  ['staff', 10, async (gateway) => ({ token: await gateway.token(STAFF) })],
];

describe('one operation', () => {
  it.each(CLIENTS)('of %s may cost so much and not a point more', async (_kind, most, askingOf) => {
    await using gateway = await startPricedGateway(readLimits(SETTINGS));
    const asking = await askingOf(gateway);
    const refused = await gateway.ask(shelves(most + 1), asking);
    expect([refused.status, refused.body.data]).toEqual([400, undefined]);
    expect(refused.body.errors?.[0]?.extensions).toMatchObject({
      code: 'GRAPHQL_VALIDATION_FAILED',
      limit: 'cost',
      cost: (most + 1) * 10,
      maximum: most * 10,
    });
    expect(gateway.graph.requests).toEqual([]);
    const { status, body } = await gateway.ask(shelves(most), asking);
    expect([status, Object.keys(body.data ?? {}).length]).toEqual([200, most]);
  });

  it('that staff may ask is refused to a guest over a socket too', async () => {
    await using gateway = await startPricedGateway(readLimits(SETTINGS));
    const authorization = `Bearer ${await gateway.token(STAFF)}`;
    using guests = await enter(gateway.url);
    using staffs = await enter(gateway.url, { authorization });
    for (const socket of [guests, staffs]) socket.subscribe('a', shelves(3));
    expect(await guests.next()).toMatchObject({
      type: 'error',
      payload: [{ extensions: { limit: 'cost' } }],
    });
    expect((await staffs.next()).type).toBe('next');
  });
});

describe('the settings of limits', () => {
  it('have defaults, and count how fast in production only', () => {
    expect(readLimits({})).toEqual({ budgets: DEFAULT_BUDGETS, apiKeys: new Map() });
    expect(readLimits({ NODE_ENV: 'production' }).rateLimits).toMatchObject({
      attempts: 300,
      windowSeconds: 60,
      points: { anonymous: 200_000, staff: 1_000_000 },
    });
    expect(readLimits({ NODE_ENV: 'production', RATE_LIMITS: 'false' }).rateLimits).toBeUndefined();
  });

  it('change what they name and leave the rest', () => {
    const { budgets, rateLimits } = readLimits({
      COST_BUDGETS: ' anonymous = 500 ,staff=20000,',
      RATE_LIMITS: 'true',
      RATE_LIMIT_POINTS: 'apiKey=7',
      RATE_LIMIT_ATTEMPTS: '12',
      RATE_LIMIT_WINDOW_SECONDS: '30',
    });
    expect(budgets).toEqual({ ...DEFAULT_BUDGETS, anonymous: 500, staff: 20_000 });
    expect(rateLimits).toMatchObject({
      attempts: 12,
      windowSeconds: 30,
      points: { apiKey: 7, user: 200_000 },
    });
  });

  it.each([
    ['COST_BUDGETS', 'anonymous=0'],
    ['COST_BUDGETS', 'anonymous=-5'],
    ['COST_BUDGETS', 'anonymous=1e9'],
    ['COST_BUDGETS', 'anonymous'],
    ['COST_BUDGETS', 'anonymous=5;staff=6'],
    ['COST_BUDGETS', 'guest=5'],
    ['COST_BUDGETS', 'constructor=5'],
    ['RATE_LIMIT_POINTS', 'everybody=5'],
    ['RATE_LIMITS', 'perhaps'],
    ['RATE_LIMIT_ATTEMPTS', '0'],
    ['RATE_LIMIT_WINDOW_SECONDS', '100000'],
    ['API_KEYS', 'mobile=k-1'],
  ])('are refused by name: %s=%s', (name, value) => {
    expect(() => readLimits({ [name]: value })).toThrow(name);
  });
});
