import { afterEach, describe, expect, it, vi } from 'vitest';
import { createInProcessPubSub, priceChanged, ratingChanged, type PubSub } from '@storegraph/events';
import { metricsText } from '@storegraph/observability';
import type { GatewayContext } from '../../src/context.js';
import { GUEST, openCounter, person, PREVIEWER, settle, type Counter } from './shelf.js';

// The greeting is for one viewer, and for no time: nothing here is kept as a whole.
const RATINGS = { query: '{ greeting products { id rating } }' };
const REVIEWED = { query: '{ reviews { product { id name price } } }' };
const rating = (id: string) => ({
  query: 'query One($id: ID!) { greeting product(id: $id) { rating } }',
  variables: { id },
});

const repriced = (productId: string) =>
  priceChanged({
    aggregateId: 'v1',
    data: { variantId: 'v1', productId, priceMinor: '1', currency: 'EUR' },
  });

const rated = (productId: string) =>
  ratingChanged({ aggregateId: productId, data: { productId, average: 5, count: 1, bayesian: 5 } });

function change(counter: Counter, id: string, more: { price?: number; rating?: number }): void {
  const row = counter.shelf.rows.get(id);
  if (row) counter.shelf.rows.set(id, { ...row, ...more });
}

/** Lets what the reviews say through, once it is called. */
function holdReviews(counter: Counter): () => void {
  let release = () => {};
  const gate = new Promise<void>((resolve) => (release = resolve));
  counter.shelf.hold = (subgraph) => (subgraph === 'reviews' ? gate : Promise.resolve());
  return () => {
    counter.shelf.hold = () => Promise.resolve();
    release();
  };
}

async function untilAsked(counter: Counter, count: number): Promise<void> {
  await vi.waitFor(() => expect(counter.shelf.represented).toHaveLength(count));
  await settle();
}

afterEach(() => void vi.useRealTimers());

describe('an entity of an answer that is not kept', () => {
  it('is asked for once, whichever operations want it', async () => {
    await using counter = await openCounter();
    const asked = await counter.representedDuring(() => counter.ask(GUEST, RATINGS));
    expect(asked).toEqual(['p1', 'p2', 'p3']);
    const again = await counter.representedDuring(async () => {
      for (const viewer of [GUEST, person('bob'), person('cem')]) {
        expect(await counter.ask(viewer, RATINGS)).toEqual(await answerOf(counter, viewer));
        expect((await counter.ask(viewer, rating('p2'))).data).toMatchObject({ product: { rating: 3 } });
      }
    });
    expect(again).toEqual([]);
  });

  it('is all that is asked for where others are known', async () => {
    await using counter = await openCounter();
    await counter.ask(GUEST, rating('p2'));
    const asked = await counter.representedDuring(async () =>
      expect(await counter.ask(GUEST, RATINGS)).toEqual(await answerOf(counter, GUEST)),
    );
    expect(asked).toEqual(['p1', 'p3']);
  });

  it('is another one for other arguments, whatever its operation calls its variables', async () => {
    await using counter = await openCounter();
    const stars = (name: string, of: number) => ({
      query: `query Stars($${name}: Int!) { greeting product(id: "p1") { stars(of: $${name}) } }`,
      variables: { [name]: of },
    });
    const told = async (name: string, of: number) => {
      const { data } = await counter.ask(GUEST, stars(name, of));
      return (data?.['product'] as { stars: number }).stars;
    };
    expect(await told('of', 10)).toBe(6);
    expect(await told('of', 100)).toBe(60);
    const again = await counter.representedDuring(async () => expect(await told('most', 100)).toBe(60));
    expect(again).toEqual([]);
  });

  it('is read on nobody’s behalf for those who only shop, and what is theirs on their own', async () => {
    await using counter = await openCounter();
    const { requests } = counter.shelf;
    const viewersOf = (subgraph: string) =>
      requests.filter((one) => one.subgraph === subgraph).map(({ viewer }) => viewer.kind);
    await counter.ask(person('bob'), RATINGS);
    expect(viewersOf('catalog')).toEqual(['user']);
    expect(viewersOf('reviews')).toEqual(['anonymous']);
    const both = '{ products { rating } product(id: "p1") { lastVisitor } greeting }';
    const { data } = await counter.ask(person('cem'), { query: both });
    expect(data).toMatchObject({ product: { lastVisitor: 'cem' } });
    expect(viewersOf('reviews')).toEqual(['anonymous', 'user']);
  });

  it('travels with what is not kept for sellers and staff, who share with nobody', async () => {
    await using counter = await openCounter();
    const query = '{ products { rating } product(id: "p1") { lastVisitor } greeting }';
    await counter.ask(person('tom', 'staff'), { query });
    expect(counter.shelf.requests.map(({ subgraph }) => subgraph)).toEqual(['catalog', 'reviews']);
    const again = await counter.representedDuring(() => counter.ask(person('tom', 'staff'), { query }));
    expect(again).toEqual(['p1']);
    const other = await counter.representedDuring(() => counter.ask(person('tina', 'staff'), { query }));
    expect(other).toEqual(['p1', 'p2', 'p3', 'p1']);
  });

  it('is kept for its viewer alone where a hint says so', async () => {
    await using counter = await openCounter();
    const query = '{ greeting products { mine wished } }';
    for (const viewer of [person('ann'), person('bob')]) {
      const own = await counter.askUncached(viewer, { query });
      expect(await counter.ask(viewer, { query })).toEqual(own);
      const again = await counter.representedDuring(async () =>
        expect(await counter.ask(viewer, { query })).toEqual(own),
      );
      expect(again).toEqual([]);
    }
    const mine = { query: '{ greeting products { mine } }' };
    expect(await counter.ask(GUEST, mine)).toEqual(await counter.askUncached(GUEST, mine));
  });

  it('is looked for again by somebody who may know more than nobody', async () => {
    await using counter = await openCounter();
    for (const viewer of [GUEST, person(PREVIEWER), GUEST, person('bob'), person(PREVIEWER)])
      expect(await counter.ask(viewer, REVIEWED)).toEqual(await counter.askUncached(viewer, REVIEWED));
  });

  it('is not kept where something is wrong with it, though others of the same fetch are', async () => {
    await using counter = await openCounter();
    const shaky = { query: '{ greeting products { id shaky } }' };
    const first = await counter.ask(GUEST, shaky);
    expect(first.errors).toMatchObject([{ path: ['products', 1, 'shaky'] }]);
    const again = await counter.representedDuring(async () =>
      expect(await counter.ask(GUEST, shaky)).toMatchObject({
        data: first.data,
        errors: [{ path: ['products', 1, 'shaky'] }],
      }),
    );
    expect(again).toEqual(['p2']);
  });

  it('is shown while its subgraph is away, which leaves empty only what is not kept', async () => {
    await using counter = await openCounter();
    await counter.ask(GUEST, rating('p1'));
    const lost = () => Promise.reject(new Error('gone'));
    counter.shelf.hold = (subgraph) => (subgraph === 'reviews' ? lost() : Promise.resolve());
    const query = '{ greeting products { rating } product(id: "p1") { stars(of: 10) } }';
    const viewers = [
      { viewer: GUEST, isKept: true },
      { viewer: person('bob'), isKept: true },
      { viewer: person('tom', 'staff'), isKept: false },
    ];
    for (const { viewer, isKept } of viewers) {
      const { data, errors } = await counter.ask(viewer, { query });
      expect(data?.['products']).toEqual([{ rating: isKept ? 3 : null }, { rating: null }, { rating: null }]);
      expect(errors?.map(({ path }) => path)).toEqual([
        ['products', isKept ? 1 : 0, 'rating'],
        ['product', 'stars'],
      ]);
    }
  });

  it('is counted by how it was got', async () => {
    await using counter = await openCounter();
    const before = await counts();
    await counter.ask(GUEST, rating('p1'));
    await Promise.all([counter.ask(GUEST, RATINGS), counter.ask(person('bob'), RATINGS)]);
    const after = await counts();
    expect(after.map((count, index) => count - (before[index] ?? 0))).toEqual([2, 3, 2]);
  });
});

describe('entities that several ask for at the same time', () => {
  it('are read once, also by different operations', async () => {
    await using counter = await openCounter();
    const asked = await counter.representedDuring(async () => {
      const answers = await Promise.all([
        counter.ask(GUEST, RATINGS),
        counter.ask(person('bob'), RATINGS),
        counter.ask(person('cem'), rating('p1')),
      ]);
      expect(answers[1]?.data).toEqual({
        greeting: 'Hello bob',
        products: ['p1', 'p2', 'p3'].map((id) => ({ id, rating: 3 })),
      });
      expect(answers[2]?.data).toMatchObject({ product: { rating: 3 } });
    });
    expect(asked.toSorted()).toEqual(['p1', 'p2', 'p3']);
  });

  it('are asked for again by those who waited in vain', async () => {
    await using counter = await openCounter();
    const shaky = { query: '{ greeting product(id: "p2") { shaky } }' };
    const release = holdReviews(counter);
    const answers = ['ann', 'bob'].map((id) => counter.ask(person(id), shaky));
    await untilAsked(counter, 1);
    release();
    for (const answer of answers)
      expect((await answer).errors).toMatchObject([{ path: ['product', 'shaky'] }]);
  });

  it('are not waited for by those who would have no time left to ask', async () => {
    await using counter = await openCounter();
    const release = holdReviews(counter);
    const hanging = counter.ask(GUEST, rating('p1'));
    await untilAsked(counter, 1);
    const waiting = counter.ask(person('bob'), rating('p1'));
    await settle();
    counter.shelf.hold = () => Promise.resolve();
    expect((await waiting).data).toMatchObject({ product: { rating: 3 } });
    expect(counter.shelf.represented).toEqual(['p1', 'p1']);
    release();
    await hanging;
  });

  it('are not waited for by those who came after a change', async () => {
    await using counter = await openCounter();
    const release = holdReviews(counter);
    const early = counter.ask(GUEST, rating('p1'));
    await untilAsked(counter, 1);
    change(counter, 'p1', { rating: 5 });
    await counter.tell(rated('p1'));
    counter.shelf.hold = () => Promise.resolve();
    expect((await counter.ask(person('bob'), rating('p1'))).data).toMatchObject({ product: { rating: 5 } });
    release();
    expect((await early).data).toMatchObject({ product: { rating: 3 } });
    const late = await counter.representedDuring(async () =>
      expect((await counter.ask(GUEST, rating('p1'))).data).toMatchObject({ product: { rating: 5 } }),
    );
    expect(late).toEqual([]);
  });
});

describe('a change of an entity', () => {
  it('is seen by the next reader after its event, who asks for nothing else', async () => {
    await using counter = await openCounter();
    await counter.ask(GUEST, REVIEWED);
    change(counter, 'p1', { price: 77 });
    const before = await counter.ask(person('bob'), REVIEWED);
    expect(before.data).toMatchObject({ reviews: [{ product: { price: 0 } }, {}, {}, {}] });
    await counter.tell(repriced('p1'));
    const asked = await counter.representedDuring(async () => {
      const { data } = await counter.ask(GUEST, REVIEWED);
      expect(data).toMatchObject({ reviews: [{ product: { id: 'p1', price: 77 } }, {}, {}, {}] });
    });
    expect(asked).toEqual(['p1', 'p4']); // a draft is nothing to keep for guests
  });

  it('reaches entities that hold it', async () => {
    await using counter = await openCounter();
    const query = '{ reviews { product { cheaper { price } } } }';
    await counter.ask(GUEST, { query });
    change(counter, 'p1', { price: 5 });
    await counter.tell(repriced('p1'));
    expect(await counter.ask(GUEST, { query })).toEqual(await counter.askUncached(GUEST, { query }));
  });

  it('is seen at once by the one who made it, and by staff who ask for what is fresh', async () => {
    await using counter = await openCounter();
    const [tom, tina] = [person('tom', 'staff'), person('tina', 'staff')];
    const priceFor = async (...[viewer, prepare]: [typeof tom, ((context: GatewayContext) => void)?]) => {
      const { data } = await counter.ask(viewer, REVIEWED, prepare);
      return (data?.['reviews'] as { product: { price: number } }[])[0]?.product.price;
    };
    for (const viewer of [tom, tina]) expect(await priceFor(viewer)).toBe(0);
    await counter.ask(tom, { query: 'mutation { price(id: "p1", price: 8) { id rating } }' });
    expect(await priceFor(tom)).toBe(8);
    expect(await priceFor(tina)).toBe(0);
    expect(await priceFor(tina, (context) => Object.assign(context, { wantsFresh: true }))).toBe(8);
  });

  it('may have happened while nothing was heard', async () => {
    await using counter = await openCounter({ cache: { pubsub: deaf() } });
    for (const price of [1, 2]) {
      change(counter, 'p1', { price });
      expect(await counter.ask(GUEST, REVIEWED)).toEqual(await counter.askUncached(GUEST, REVIEWED));
    }
  });
});

describe('an answer kept as a whole', () => {
  it('is as old as the oldest entity in it', async () => {
    await using counter = await openCounter();
    vi.useFakeTimers({ toFake: ['Date'] });
    await counter.ask(GUEST, rating('p1'));
    vi.setSystemTime(Date.now() + 50_000);
    const contexts: GatewayContext[] = [];
    for (let asked = 0; asked < 2; asked += 1)
      await counter.ask(GUEST, { query: '{ products { rating } }' }, (context) => contexts.push(context));
    expect(contexts.map(({ ageSeconds }) => ageSeconds)).toEqual([undefined, 50]);
  });
});

/** What the viewer is told of ratings, without asking anybody about them. */
async function answerOf(counter: Counter, viewer: Parameters<Counter['ask']>[0]) {
  const { data } = await counter.askUncached(viewer, { query: '{ greeting products { id } }' });
  const { greeting, products } = data as { greeting: string; products: { id: string }[] };
  return { data: { greeting, products: products.map((product) => ({ ...product, rating: 3 })) } };
}

/** Says that nothing it would tell of can be heard. */
function deaf(): PubSub {
  return {
    ...createInProcessPubSub(),
    watchConnection(listener) {
      listener(false);
      return () => undefined;
    },
  };
}

async function counts(): Promise<number[]> {
  const { body } = await metricsText();
  return ['hit', 'miss', 'shared'].map((result) =>
    Number(new RegExp(`entity_cache_total\\{result="${result}"\\} (\\d+)`).exec(body)?.[1]),
  );
}
