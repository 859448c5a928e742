import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepFollowing, type Entry, type Transport } from './follow/keep-following.js';
import { placeOrder } from './follow/place-order.js';
import { openServices, TOPOLOGIES, type Services } from './topologies.js';
import { signIn, visit, type Visitor } from './tour/client.js';

const MINUTES = 60_000;
const TRANSPORTS: Transport[] = ['a socket', 'an event stream'];
const NOTE_EVERY_MILLIS = 25;

const FAILURE = '... on UserError { code message path }';
const NOTE = `mutation Note($input: AddOrderNoteInput!) { addOrderNote(input: $input) {
  ... on AddOrderNoteSuccess { order { id } } ${FAILURE} } }`;
const MOVE = `mutation Move($input: TransitionOrderInput!) { transitionOrder(input: $input) {
  ... on TransitionOrderSuccess { order { status } } ${FAILURE} } }`;
const SHIP = `mutation Ship($input: ShipOrderInput!) { shipOrder(input: $input) {
  ... on ShipOrderSuccess { order { status } } ${FAILURE} } }`;
const HISTORY = 'query History($id: ID!) { order(id: $id) { timeline { sequence status notes } } }';

describe.runIf(TOPOLOGIES.includes('services'))('who follows an order at a gateway that is killed', () => {
  let shop: Services;
  let staff: Visitor;

  beforeAll(async () => {
    shop = await openServices();
    staff = visit(shop.url);
    await signIn(staff, 'staff@storegraph.test', 'storegraph-demo');
  }, 3 * MINUTES);
  afterAll(() => shop?.[Symbol.asyncDispose]());

  /** Staff write into the history until told to stop, at the gateway that lives on. */
  function keepNoting(orderId: string) {
    let hasStopped = false;
    const noting = (async () => {
      for (let count = 1; !hasStopped; count += 1) {
        await staff.must(NOTE, { input: { orderId, note: `Note ${count}` } });
        await sleep(NOTE_EVERY_MILLIS);
      }
    })();
    return async () => {
      hasStopped = true;
      await noting;
    };
  }

  const history = async (id: string) =>
    (await staff.ask(HISTORY, { id }))['order'].timeline as readonly Entry[];

  it.each(TRANSPORTS)(
    'over %s misses nothing and repeats nothing, whatever staff do meanwhile',
    async (transport) => {
      const order = await placeOrder(visit(shop.url));
      let gateway = await shop.startSecondGateway();
      const follower = keepFollowing(transport, shop.secondUrl, order);
      try {
        await follower.hasHeard(2);
        const stopNoting = keepNoting(order.id);
        await follower.hasHeard(10);

        await gateway.kill();
        const heardBefore = follower.heard.length;
        await staff.must(MOVE, { input: { orderId: order.id, to: 'PROCESSING' } });
        expect((await history(order.id)).length).toBeGreaterThan(heardBefore);
        gateway = await shop.startSecondGateway();
        await follower.hasHeard(heardBefore + 10);

        await gateway.kill();
        await staff.must(SHIP, { input: { orderId: order.id, carrier: 'Parcel' } });
        await stopNoting();
        gateway = await shop.startSecondGateway();

        const written = await history(order.id);
        await follower.hasHeard(written.length);
        await sleep(300); // whatever should not come would come now
        expect(follower.heard).toEqual(written);
        expect(written.map(({ sequence }) => sequence)).toEqual(written.map((_, index) => index + 1));
        expect(new Set(written.map(({ status }) => status))).toEqual(
          new Set(['AWAITING_PAYMENT', 'PAID', 'PROCESSING', 'SHIPPED']),
        );
        expect(follower.resumedAfter).toHaveLength(3);
        expect(follower.resumedAfter[0]).toBe(0);
        expect(follower.resumedAfter[1]).toBeGreaterThanOrEqual(heardBefore);
      } finally {
        await follower.stop();
        await gateway.stop();
      }
    },
    2 * MINUTES,
  );
});
