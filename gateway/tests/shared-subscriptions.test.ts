import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { liveGraph, type LiveGraph } from './live-graph.js';
import { STAFF, startTestGateway, type TestGateway } from './test-gateway.js';
import { enter, type TestSocket } from './test-socket.js';

const STOCK = `subscription ($sku: String!) { stockChanged(sku: $sku) { available seenBy product { name } } }`;
const ORDER = `subscription ($after: Int) {
  orderStatusChanged(orderId: "1", afterSequence: $after) { sequence seenBy order { title } } }`;
const LAMP = { sku: 'lamp' };

let graph: LiveGraph;
let gateway: TestGateway;
let sockets: TestSocket[];

beforeEach(async () => {
  graph = liveGraph();
  gateway = await startTestGateway({ graph });
  sockets = [];
});
afterEach(async () => {
  sockets.forEach((socket) => socket[Symbol.dispose]());
  await gateway.close();
});

async function guest(params: object = {}): Promise<TestSocket> {
  const socket = await enter(gateway.url, params);
  sockets.push(socket);
  return socket;
}

async function person(claims: Parameters<TestGateway['token']>[0]): Promise<TestSocket> {
  return guest({ authorization: `Bearer ${await gateway.token(claims)}` });
}

const upstreams = () => graph.count('orders', 'subscription');
const completions = () => graph.count('catalog', 'query');
const pause = (millis: number) => new Promise((resolve) => setTimeout(resolve, millis));

/** What comes next of the one field of the subscription. */
async function heard(socket: TestSocket): Promise<Record<string, unknown>> {
  const { payload } = await socket.next();
  const [value] = Object.values(payload['data'] as object) as Record<string, unknown>[];
  return value ?? {};
}

/** Lets subscriptions arrive that need no upstream of their own. */
async function joined(count: number): Promise<void> {
  await graph.subscribed(count);
  await pause(50);
  expect(upstreams()).toBe(count);
}

describe('subscriptions of the same viewer', () => {
  it('that ask alike are one upstream, and each event is completed once', async () => {
    const tabs = [await person({}), await person({}), await person({})];
    tabs.forEach((tab) => tab.subscribe('1', ORDER));
    tabs[0]?.subscribe('2', ORDER);
    await joined(1);
    await graph.move('1', 'PAID');
    for (const tab of [...tabs, tabs[0] as TestSocket])
      expect(await heard(tab)).toEqual({ sequence: 1, seenBy: 'u1', order: { title: 'Order 1' } });
    expect([upstreams(), completions()]).toEqual([1, 1]);
  });

  it('that differ in a value are apart', async () => {
    const one = await guest();
    one.subscribe('1', STOCK, LAMP);
    one.subscribe('2', STOCK, { sku: 'sofa' });
    await joined(2);
    await graph.sell('sofa', 2);
    expect(await one.next()).toMatchObject({ id: '2' });
  });

  it('that differ in what other subgraphs add are one upstream, completed apart', async () => {
    const one = await guest();
    one.subscribe(
      'name',
      'subscription ($sku: String!) { stockChanged(sku: $sku) { product { name } } }',
      LAMP,
    );
    one.subscribe(
      'label',
      'subscription ($sku: String!) { stockChanged(sku: $sku) { product { label } } }',
      LAMP,
    );
    await joined(1);
    await graph.sell('lamp', 2);
    const answers = [await one.next(), await one.next()].map(({ id, payload }) => [id, payload['data']]);
    expect(Object.fromEntries(answers)).toEqual({
      name: { stockChanged: { product: { name: 'Product lamp' } } },
      label: { stockChanged: { product: { label: 'LAMP' } } },
    });
    expect(completions()).toBe(2);
  });

  it('last upstream for as long as one of them does', async () => {
    const [first, second] = [await guest(), await guest()];
    first.subscribe('1', STOCK, LAMP);
    second.subscribe('1', STOCK, LAMP);
    await joined(1);
    first.raw.terminate();
    await pause(50);
    expect(graph.open()).toBe(1);
    await graph.sell('lamp', 1);
    expect(await heard(second)).toMatchObject({ available: 1 });
    second.say({ id: '1', type: 'complete' });
    await pause(50);
    expect(graph.open()).toBe(0);
  });
});

describe('subscriptions of different viewers', () => {
  it('are apart when anything in them is protected', async () => {
    const [ann, bob] = [await person({ userId: 'ann' }), await person({ userId: 'bob' })];
    for (const one of [ann, bob]) one.subscribe('1', ORDER);
    await joined(2);
    await graph.move('1', 'PAID');
    expect([(await heard(ann))['seenBy'], (await heard(bob))['seenBy']]).toEqual(['ann', 'bob']);
  });

  it('are apart when their roles, scopes or sessions are', async () => {
    const claims = [{}, { sessionId: 's2' }, STAFF, { sellerId: 'sel_1' }];
    for (const one of claims) (await person(one)).subscribe('1', ORDER);
    await joined(4);
  });

  it('are one, with a guest’s eyes, when anyone may ask for all of it', async () => {
    const shoppers = [await guest(), await person({ userId: 'ann' }), await person({ userId: 'bob' })];
    for (const one of shoppers) one.subscribe('1', STOCK, LAMP);
    await joined(1);
    await graph.sell('lamp', 3);
    for (const one of shoppers) expect(await heard(one)).toMatchObject({ available: 3, seenBy: 'anonymous' });
    expect(completions()).toBe(1);
  });

  it('keep the eyes of those who act for a seller or the shop', async () => {
    const others = [
      await guest(),
      await person({ ...STAFF, userId: 'eve' }),
      await person({ userId: 'sam', sellerId: 'sel_1' }),
    ];
    for (const one of others) one.subscribe('1', STOCK, LAMP);
    await joined(3);
    await graph.sell('lamp', 3);
    const seen = [];
    for (const one of others) seen.push((await heard(one))['seenBy']);
    expect(seen).toEqual(['anonymous', 'eve', 'sam']);
  });

  it('are apart when only one field deep inside is protected', async () => {
    const query =
      'subscription { stockChanged(sku: "lamp") { ...Rest } } fragment Rest on Stock { seenBy secret }';
    const [ann, nobody] = [await person({ userId: 'ann' }), await guest()];
    for (const one of [ann, nobody]) one.subscribe('1', query);
    await joined(2);
    await graph.sell('lamp', 3);
    expect(await heard(ann)).toEqual({ seenBy: 'ann', secret: 'for members' });
    expect(await heard(nobody)).toEqual({ seenBy: 'anonymous', secret: null });
  });
});

describe('who comes late', () => {
  it('joins the news, and hears what comes from then on', async () => {
    const [early, late] = [await guest(), await guest()];
    early.subscribe('1', STOCK, LAMP);
    await joined(1);
    await graph.sell('lamp', 2);
    expect(await heard(early)).toMatchObject({ available: 2 });
    late.subscribe('1', STOCK, LAMP);
    await joined(1);
    await graph.sell('lamp', 1);
    expect([await heard(early), await heard(late)]).toMatchObject([{ available: 1 }, { available: 1 }]);
  });

  it('does not join those who asked for the past, once they were told of it', async () => {
    for (const status of ['PLACED', 'PAID']) await graph.move('1', status);
    const [early, late] = [await person({}), await person({})];
    early.subscribe('1', ORDER, { after: 0 });
    expect([(await heard(early))['sequence'], (await heard(early))['sequence']]).toEqual([1, 2]);
    late.subscribe('1', ORDER, { after: 0 });
    expect([(await heard(late))['sequence'], (await heard(late))['sequence']]).toEqual([1, 2]);
    expect(upstreams()).toBe(2);
    await graph.move('1', 'SHIPPED');
    expect([(await heard(early))['sequence'], (await heard(late))['sequence']]).toEqual([3, 3]);
  });

  it('joins those who asked for the past while they have heard nothing', async () => {
    await graph.move('1', 'PLACED');
    const [early, late] = [await person({}), await person({})];
    early.subscribe('1', ORDER, { after: 1 });
    await joined(1);
    late.subscribe('1', ORDER, { after: 1 });
    await joined(1);
    await graph.move('1', 'PAID');
    expect([(await heard(early))['sequence'], (await heard(late))['sequence']]).toEqual([2, 2]);
  });

  it('hears how things are from a subscription that begins with it', async () => {
    const query = 'subscription { importProgress(id: "7") { done } }';
    const [early, late] = [await guest(), await guest()];
    await graph.advance('7', 10);
    early.subscribe('1', query);
    expect(await heard(early)).toEqual({ done: 10 });
    await graph.advance('7', 20);
    expect(await heard(early)).toEqual({ done: 20 });
    late.subscribe('1', query);
    expect(await heard(late)).toEqual({ done: 20 });
    expect(upstreams()).toBe(2);
  });
});

describe('a subscription across gateways', () => {
  it('misses nothing and repeats nothing when it is resumed after its last sequence', async () => {
    const seen: unknown[] = [];
    const follow = async (params: object, last: number, until: number) => {
      const socket = await guest(params);
      socket.subscribe('1', ORDER, { after: last });
      while (Number(seen.at(-1) ?? 0) < until) seen.push((await heard(socket))['sequence']);
      return socket;
    };
    const params = async () => ({ authorization: `Bearer ${await gateway.token({})}` });
    for (let moved = 1; moved <= 3; moved += 1) await graph.move('1', `S${moved}`);
    const first = await follow(await params(), 0, 3);
    await gateway.close();
    expect((await first.closed).code).toBe(1001);
    for (let moved = 4; moved <= 6; moved += 1) await graph.move('1', `S${moved}`);
    gateway = await startTestGateway({ graph });
    const second = await follow(await params(), 3, 6);
    await graph.move('1', 'S7');
    seen.push((await heard(second))['sequence']);
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });
});
