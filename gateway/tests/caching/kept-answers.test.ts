import { describe, expect, it } from 'vitest';
import { priceChanged, productDeleted, productSaved, ratingChanged } from '@storegraph/events';
import type { GatewayContext } from '../../src/context.js';
import { GUEST, openCounter, person, settle, type Counter } from './shelf.js';

const LIST = { query: '{ products { id name price rating } }' };
const ONE = { query: 'query One($id: ID!) { product(id: $id) { id name price } }' };
const lamp = { ...ONE, variables: { id: 'p1' } };
const sofa = { ...ONE, variables: { id: 'p2' } };

const saved = (productId: string) =>
  productSaved({
    aggregateId: productId,
    data: { productId, slug: 'x', name: 'x', sellerId: null, status: 'ACTIVE', version: 1, variants: [] },
  });

const repriced = (productId: string) =>
  priceChanged({
    aggregateId: 'v1',
    data: { variantId: 'v1', productId, priceMinor: '1', currency: 'EUR' },
  });

function change(counter: Counter, id: string, price: number): void {
  const row = counter.shelf.rows.get(id);
  if (row) counter.shelf.rows.set(id, { ...row, price });
}

describe('an answer that may be kept', () => {
  it('is read once for all who shop', async () => {
    await using counter = await openCounter();
    const first = await counter.ask(GUEST, LIST);
    expect(first.data?.['products']).toHaveLength(3);
    const again = await counter.requestsDuring(async () => {
      for (const viewer of [GUEST, person('ann'), person('bob')])
        expect(await counter.ask(viewer, LIST)).toEqual(first);
    });
    expect(again).toBe(0);
  });

  it('is read on nobody’s behalf, whoever asks first', async () => {
    await using counter = await openCounter();
    await counter.ask(person('ann'), LIST);
    expect(counter.shelf.requests.map(({ viewer }) => viewer.kind)).toEqual(['anonymous', 'anonymous']);
  });

  it('is one per value of its variables, be they written as literals or given', async () => {
    await using counter = await openCounter();
    expect((await counter.ask(GUEST, lamp)).data).toEqual({ product: { id: 'p1', name: 'Lamp', price: 0 } });
    expect((await counter.ask(GUEST, sofa)).data).toEqual({
      product: { id: 'p2', name: 'Sofa', price: 100 },
    });
    const literal = (id: string) => ({ query: `{ product(id: "${id}") { id name price } }` });
    expect((await counter.ask(GUEST, literal('p1'))).data).toEqual({
      product: { id: 'p1', name: 'Lamp', price: 0 },
    });
    const again = await counter.requestsDuring(() => counter.ask(GUEST, literal('p1')));
    expect(again).toBe(0);
    expect((await counter.ask(GUEST, literal('p2'))).data).toMatchObject({ product: { name: 'Sofa' } });
  });

  it('is kept however a client spells its variables, and whatever else it sends', async () => {
    await using counter = await openCounter();
    await counter.ask(GUEST, lamp);
    const again = await counter.requestsDuring(() =>
      counter.ask(GUEST, { ...ONE, variables: { buster: Math.random(), id: 'p1' } }),
    );
    expect(again).toBe(0);
  });

  it('tells its age', async () => {
    await using counter = await openCounter();
    const contexts: GatewayContext[] = [];
    const remember = (context: GatewayContext) => contexts.push(context);
    await counter.ask(GUEST, LIST, remember);
    await counter.ask(GUEST, LIST, remember);
    expect(contexts.map(({ ageSeconds }) => ageSeconds)).toEqual([undefined, 0]);
  });

  it('is read once however many ask at the same time', async () => {
    await using counter = await openCounter();
    const viewers = [GUEST, person('ann'), person('bob'), GUEST, person('cem')];
    const answers: unknown[] = [];
    const requests = await counter.requestsDuring(async () => {
      answers.push(...(await Promise.all(viewers.map((viewer) => counter.ask(viewer, LIST)))));
    });
    expect(requests).toBe(2);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  it('is not kept with errors', async () => {
    await using counter = await openCounter();
    const failing = { query: '{ fails }' };
    expect((await counter.ask(GUEST, failing)).errors).toHaveLength(1);
    expect(await counter.requestsDuring(() => counter.ask(GUEST, failing))).toBe(1);
  });
});

describe('what is not for all who shop', () => {
  it('is never kept without a hint', async () => {
    await using counter = await openCounter();
    for (const query of ['{ me { id name } }', '{ greeting }', '{ products { id lastVisitor } }']) {
      const [ann, bob] = [person('ann'), person('bob')];
      for (const viewer of [ann, bob, ann])
        expect(await counter.ask(viewer, { query })).toEqual(await counter.askUncached(viewer, { query }));
    }
  });

  it('is kept for each viewer where a hint says so', async () => {
    await using counter = await openCounter();
    const watched = { query: '{ watched { id } }' };
    for (const viewer of [person('ann'), person('anna'), GUEST]) {
      const own = await counter.askUncached(viewer, watched);
      expect(await counter.ask(viewer, watched)).toEqual(own);
      const again = await counter.requestsDuring(async () =>
        expect(await counter.ask(viewer, watched)).toEqual(own),
      );
      expect(again).toBe(0);
    }
  });

  it('is shown to sellers and staff as they see it, and to nobody else', async () => {
    await using counter = await openCounter();
    const draft = { ...ONE, variables: { id: 'p4' } };
    const seller = person('sue', 'seller', { sellerId: 's1' });
    for (const viewer of [seller, GUEST, person('tom', 'staff'), person('ann'), seller, GUEST])
      expect(await counter.ask(viewer, draft)).toEqual(await counter.askUncached(viewer, draft));
    expect((await counter.ask(GUEST, draft)).data).toEqual({ product: null });
    expect((await counter.ask(seller, draft)).data).toMatchObject({ product: { name: 'Vase' } });
  });

  it('follows a viewer whose rights changed', async () => {
    await using counter = await openCounter();
    const draft = { ...ONE, variables: { id: 'p4' } };
    await counter.ask(person('sue', 'seller', { sellerId: 's1' }), draft);
    expect((await counter.ask(person('sue', 'seller', { sellerId: 's2' }), draft)).data).toEqual({
      product: null,
    });
    expect((await counter.ask(person('sue'), draft)).data).toEqual({ product: null });
  });

  it('is withheld from those who may not see it, though others may', async () => {
    await using counter = await openCounter();
    const query = '{ products { id margin bestPrice } }';
    for (const viewer of [
      person('tom', 'staff'),
      GUEST,
      person('ann'),
      person('bobby'),
      person('tom', 'staff'),
    ])
      expect(await counter.ask(viewer, { query })).toEqual(await counter.askUncached(viewer, { query }));
  });
});

describe('a change', () => {
  it('is visible to the next reader after its event', async () => {
    await using counter = await openCounter();
    await counter.ask(GUEST, LIST);
    await counter.ask(GUEST, lamp);
    change(counter, 'p1', 77);
    await counter.tell(repriced('p1'));
    expect((await counter.ask(GUEST, lamp)).data).toMatchObject({ product: { price: 77 } });
    expect(await counter.ask(GUEST, LIST)).toEqual(await counter.askUncached(GUEST, LIST));
  });

  it('leaves alone what speaks of something else', async () => {
    await using counter = await openCounter();
    await counter.ask(GUEST, sofa);
    await counter.tell(saved('p1'));
    expect(await counter.requestsDuring(() => counter.ask(GUEST, sofa))).toBe(0);
  });

  it('reaches answers whose entities are not named, and those that found nothing', async () => {
    await using counter = await openCounter();
    const nameless = { query: '{ product(id: "p1") { price } }' };
    const missing = { ...ONE, variables: { id: 'p9' } };
    await counter.ask(GUEST, nameless);
    expect((await counter.ask(GUEST, missing)).data).toEqual({ product: null });
    change(counter, 'p1', 5);
    counter.shelf.rows.set('p9', {
      id: 'p9',
      name: 'Rug',
      price: 9,
      rating: 0,
      sellerId: null,
      draft: false,
    });
    await counter.tell(saved('p9'));
    expect((await counter.ask(GUEST, missing)).data).toMatchObject({ product: { name: 'Rug' } });
    await counter.tell(saved('p1'));
    expect((await counter.ask(GUEST, nameless)).data).toEqual({ product: { price: 5 } });
    counter.shelf.rows.delete('p9');
    await counter.tell(productDeleted({ aggregateId: 'p9', data: { productId: 'p9' } }));
    expect((await counter.ask(GUEST, missing)).data).toEqual({ product: null });
  });

  it('is followed again once a domain that copied it answers accordingly', async () => {
    await using counter = await openCounter();
    const event = ratingChanged({
      aggregateId: 'p1',
      data: { productId: 'p1', average: 5, count: 1, bayesian: 5 },
    });
    await counter.tell(event, 'reviews');
    await counter.ask(GUEST, LIST);
    const row = counter.shelf.rows.get('p1');
    if (row) counter.shelf.rows.set('p1', { ...row, rating: 5 });
    await counter.tell(event, 'catalog');
    expect((await counter.ask(GUEST, LIST)).data).toMatchObject({ products: [{ rating: 5 }, {}, {}] });
  });

  it('is not overwritten by a read that began before it', async () => {
    await using counter = await openCounter();
    let release = () => {};
    counter.shelf.hold = () => new Promise((resolve) => (release = resolve));
    const early = counter.ask(GUEST, lamp);
    await settle();
    change(counter, 'p1', 42);
    await counter.tell(repriced('p1'));
    counter.shelf.hold = () => Promise.resolve();
    const late = await counter.ask(GUEST, lamp);
    expect(late.data).toMatchObject({ product: { price: 42 } });
    release();
    expect((await early).data).toMatchObject({ product: { price: 0 } });
    expect((await counter.ask(GUEST, lamp)).data).toMatchObject({ product: { price: 42 } });
  });

  it('is visible at once to the one who made it', async () => {
    await using counter = await openCounter();
    const tom = person('tom', 'staff');
    for (const viewer of [tom, person('ann')]) await counter.ask(viewer, lamp);
    await counter.ask(tom, { query: 'mutation { price(id: "p1", price: 8) { id } }' });
    expect((await counter.ask(tom, lamp)).data).toMatchObject({ product: { price: 8 } });
    expect((await counter.ask(person('ann'), lamp)).data).toMatchObject({ product: { price: 0 } });
  });

  it('is visible to staff who ask for a fresh answer, and to nobody else who does', async () => {
    await using counter = await openCounter();
    for (const viewer of [person('tom', 'staff'), person('ann')]) await counter.ask(viewer, lamp);
    change(counter, 'p1', 6);
    const fresh = (context: GatewayContext) => Object.assign(context, { wantsFresh: true });
    expect((await counter.ask(person('tom', 'staff'), lamp, fresh)).data).toMatchObject({
      product: { price: 6 },
    });
    expect((await counter.ask(person('ann'), lamp, fresh)).data).toMatchObject({ product: { price: 0 } });
  });
});
