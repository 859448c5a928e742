import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { priceChanged, productSaved, sellerDecided, type DomainEvent } from '@storegraph/events';
import type { Viewer } from '@storegraph/identity';
import { GUEST, openCounter, person, settle, type Asked, type Counter, type Row } from './shelf.js';

const VIEWERS: readonly Viewer[] = [
  GUEST,
  person('ann'),
  person('bobby'),
  person('sue', 'seller', { sellerId: 's1' }),
  person('sid', 'seller', { sellerId: 's2' }),
  person('tom', 'staff'),
  person('tina', 'staff'),
];

const ONE = 'query One($id: ID!) { product(id: $id) { id name price rating } }';
const NAMELESS = 'query Nameless($id: ID!) { product(id: $id) { price } }';
const IDS = ['p1', 'p2', 'p3', 'p4', 'p5'];

/** Not kept as a whole, so that what is kept of them is single entities. */
const UNKEPT: readonly Asked[] = [
  { query: '{ greeting products { id rating } }' },
  { query: '{ greeting products { rating stars(of: 10) } }' },
  { query: '{ me { id } products { id rating mine } }' },
  { query: '{ greeting products { wished } product(id: "p2") { lastVisitor } }' },
  { query: '{ reviews { id product { id name price } } }' },
  { query: '{ reviews { product { price cheaper { id price rating } } } }' },
  { query: '{ reviews { product { margin } } }' },
  { query: '{ reviews { product { bestPrice name } } hot { name } }' },
  ...[5, 100].map((of) => ({
    query: 'query Stars($of: Int!) { hot { stars(of: $of) name } greeting products { stars(of: $of) } }',
    variables: { of },
  })),
];

const OPERATIONS: readonly Asked[] = [
  ...UNKEPT,
  { query: '{ hot { id name price } }' },
  { query: '{ products { id name price rating } }' },
  { query: '{ products { price } }' },
  { query: '{ products { id margin } }' },
  { query: '{ products { id bestPrice } }' },
  { query: '{ products { lastVisitor } }' },
  { query: '{ watched { id price } }' },
  { query: '{ me { id name } }' },
  { query: '{ greeting }' },
  ...IDS.flatMap((id) => [
    { query: ONE, variables: { id } },
    { query: NAMELESS, variables: { id } },
  ]),
];

type Change = { readonly id: string; readonly price: number; readonly draft: boolean };
type Asking = { readonly viewer: number; readonly operation: number };
type Step =
  | { readonly kind: 'ask'; readonly asks: readonly Asking[] }
  | { readonly kind: 'change'; readonly change: Change }
  /** The change happens, and is told of, while the questions are being answered. */
  | {
      readonly kind: 'race';
      readonly asks: readonly Asking[];
      readonly change: Change;
      /** Whether what was read before the change arrives after its event. */
      readonly isSlow: boolean;
      /** Whose answers are held up until the change. */
      readonly held: readonly string[];
    };

const asking = fc.record({
  viewer: fc.nat({ max: VIEWERS.length - 1 }),
  operation: fc.nat({ max: OPERATIONS.length - 1 }),
});
const asks = fc.array(asking, { minLength: 1, maxLength: 6 });
const change = fc.record({
  id: fc.constantFrom(...IDS),
  price: fc.integer({ min: 1, max: 999 }),
  draft: fc.boolean(),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('ask' as const), asks }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('change' as const), change }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('race' as const),
      asks,
      change,
      isSlow: fc.boolean(),
      held: fc.constantFrom(['catalog', 'reviews'], ['catalog'], ['reviews']),
    }),
  },
);

function apply(counter: Counter, { id, price, draft }: Change): DomainEvent[] {
  const known = counter.shelf.rows.get(id);
  const row: Row = known ?? { id, name: id, price, rating: 1, sellerId: 's2', draft };
  counter.shelf.rows.set(id, { ...row, price, draft });
  return [
    productSaved({
      aggregateId: id,
      data: { productId: id, slug: id, name: id, sellerId: null, status: 'ACTIVE', version: 1, variants: [] },
    }),
    priceChanged({
      aggregateId: id,
      data: { variantId: `v${id}`, productId: id, priceMinor: '1', currency: 'EUR' },
    }),
  ];
}

const viewerOf = ({ viewer }: Asking) => VIEWERS[viewer] ?? GUEST;
const operationOf = ({ operation }: Asking) => OPERATIONS[operation] ?? { query: '{ greeting }' };

const truth = (counter: Counter, all: readonly Asking[]) =>
  Promise.all(all.map((one) => counter.askUncached(viewerOf(one), operationOf(one))));
const kept = (counter: Counter, all: readonly Asking[]) =>
  Promise.all(all.map((one) => counter.ask(viewerOf(one), operationOf(one))));

async function take(counter: Counter, one: Step): Promise<void> {
  if (one.kind === 'ask') {
    expect(await kept(counter, one.asks)).toEqual(await truth(counter, one.asks));
    return;
  }
  if (one.kind === 'change') {
    for (const event of apply(counter, one.change)) await counter.tell(event);
    return;
  }
  const before = await truth(counter, one.asks);
  let open = () => {};
  const gate = new Promise<void>((resolve) => (open = resolve));
  counter.shelf.hold = (subgraph) => (one.held.includes(subgraph) ? gate : Promise.resolve());
  const underWay = kept(counter, one.asks);
  await settle();
  const events = apply(counter, one.change);
  if (!one.isSlow) open();
  for (const event of events) await counter.tell(event);
  open();
  const answers = await underWay;
  counter.shelf.hold = () => Promise.resolve();
  const after = await truth(counter, one.asks);
  answers.forEach((answer, index) => {
    // A list of two fetches may have met the change between them, as it may without a cache.
    const texts = [before[index], after[index]].map((possible) => JSON.stringify(possible));
    if (fetchesOnce(one.asks[index])) expect(texts).toContain(JSON.stringify(answer));
  });
  expect(await kept(counter, one.asks)).toEqual(after);
}

/** A seller's standing may hide or show any product. */
const anythingChanged = () =>
  sellerDecided({ aggregateId: 's1', data: { sellerId: 's1', status: 'VERIFIED' } });

const fetchesOnce = (one: Asking | undefined) =>
  !one || !/rating|lastVisitor|wished|reviews|hot/.test(operationOf(one).query);

describe('answers that are kept', () => {
  it('are always what their viewer would be told without a cache, whoever asked before and whatever changed', async () => {
    await using counter = await openCounter();
    const { rows } = counter.shelf;
    const goods = [...rows];
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        rows.clear();
        for (const [id, row] of goods) rows.set(id, row);
        await counter.tell(anythingChanged());
        for (const one of steps) await take(counter, one);
      }),
      { numRuns: 80 },
    );
  }, 120_000); // two minutes: each run asks a few hundred times
});
