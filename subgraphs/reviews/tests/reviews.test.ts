import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orderPaid, productSaved } from '@storegraph/events';
import { newId } from '@storegraph/ids';
import { seller, shopper, staff, startTestSubgraph, type TestSubgraph } from '@storegraph/testkit';
import type { Deps } from '../src/context.js';
import { reviews } from '../src/subgraph.js';

const SUBMIT = `mutation ($input: SubmitReviewInput!) { submitReview(input: $input) {
  ... on SubmitReviewSuccess { review { id rating status verifiedPurchase product { id } author { id } } }
  ... on UserError { code message path } } }`;
const RATING = `query ($products: [_Any!]!) { _entities(representations: $products) { ... on Product {
  rating { average count histogram } reviews(first: 2) { totalCount edges { node { id rating } } pageInfo { hasNextPage endCursor } } } } }`;

describe('reviews', () => {
  let shop: TestSubgraph<Deps>;
  beforeAll(async () => {
    shop = await startTestSubgraph(reviews, { config: {} });
  });
  afterAll(() => shop[Symbol.asyncDispose]());

  /** Catalog tells of a product. */
  const learn = (productId: string, sellerId: string | null = null) => {
    const data = {
      productId,
      slug: 'a',
      name: 'A',
      sellerId,
      status: 'ACTIVE',
      version: 1,
      variants: [],
    } as const;
    return shop.receive('catalog', productSaved({ aggregateId: productId, data: { ...data, variants: [] } }));
  };
  const known = async () => {
    const productId = newId('product');
    await learn(productId);
    return productId;
  };
  const submit = (input: object, viewer = shopper()) =>
    shop.ask(SUBMIT, { input: { comment: 'Does what it should.', ...input } }, viewer);
  const product = (id: string) => ({ __typename: 'Product', id });

  it('counts a published review into the rating of its product', async () => {
    const productId = await known();
    await submit({ productId, rating: 5 });
    await submit({ productId, rating: 2 });
    const { data } = await shop.ask(RATING, { products: [product(productId)] });
    expect(data['_entities'][0].rating).toEqual({ average: 3.5, count: 2, histogram: [0, 1, 0, 0, 1] });
    expect(data['_entities'][0].reviews.totalCount).toBe(2);
  });

  it('takes one review per shopper and product', async () => {
    const [productId, ada] = [await known(), shopper()];
    await submit({ productId, rating: 5 }, ada);
    const { data } = await submit({ productId, rating: 1 }, ada);
    expect(data['submitReview']).toMatchObject({ code: 'ALREADY_REVIEWED', path: ['input', 'productId'] });
  });

  it('refuses a guest, and names the field of a bad input', async () => {
    const guest = await shop.ask(SUBMIT, {
      input: { productId: newId('product'), rating: 5, comment: 'Fine.' },
    });
    expect(guest.code).toBe('UNAUTHENTICATED');
    const { data } = await submit({ productId: newId('order'), rating: 9 });
    expect(data['submitReview']).toMatchObject({ code: 'INVALID_INPUT', path: ['input', 'productId'] });
  });

  it('takes no review of a product nobody has heard of', async () => {
    const productId = newId('product');
    const { data } = await submit({ productId, rating: 5 });
    expect(data['submitReview']).toMatchObject({ code: 'INVALID_INPUT', path: ['input', 'productId'] });
    const found = await shop.ask(RATING, { products: [product(productId)] });
    expect(found.data['_entities'][0].rating).toMatchObject({ count: 0 });
  });

  it('learns from a paid order that a review is by a buyer, before or after it is written', async () => {
    const [bought, early, ada] = [await known(), await known(), shopper()];
    const first = await submit({ productId: early, rating: 4 }, ada);
    expect(first.data['submitReview'].review.verifiedPurchase).toBe(false);
    const line = (productId: string) => ({
      orderLineId: newId('orderLine'),
      variantId: newId('variant'),
      productId,
      sellerId: null,
      quantity: 1,
    });
    const event = orderPaid({
      aggregateId: newId('order'),
      data: {
        orderId: newId('order'),
        number: 'A-1',
        customerId: ada.id,
        totalMinor: '1000',
        currency: 'USD',
        lines: [line(bought), line(early)],
      },
    });
    await shop.receive('orders', event);
    const second = await submit({ productId: bought, rating: 5 }, ada);
    expect(second.data['submitReview'].review.verifiedPurchase).toBe(true);
    const { data } = await shop.ask('query ($id: ID!) { review(id: $id) { verifiedPurchase } }', {
      id: first.data['submitReview'].review.id,
    });
    expect(data['review'].verifiedPurchase).toBe(true);
  });

  it('keeps a suspicious review from everyone but its author and moderators until one publishes it', async () => {
    const [productId, ada] = [await known(), shopper()];
    const { data } = await submit({ productId, rating: 1, comment: 'Cheaper at www.elsewhere.example' }, ada);
    const { id, status } = data['submitReview'].review;
    expect(status).toBe('PENDING');
    const read = 'query ($id: ID!) { review(id: $id) { id } }';
    expect((await shop.ask(read, { id }, shopper())).data['review']).toBeNull();
    expect((await shop.ask(read, { id }, ada)).data['review']).toEqual({ id });
    const approve = `mutation ($input: ModerateReviewInput!) { moderateReview(input: $input) { ... on ModerateReviewSuccess { review { status } } } }`;
    expect((await shop.ask(approve, { input: { reviewId: id, approve: true } }, ada)).code).toBe('FORBIDDEN');
    const moderated = await shop.ask(approve, { input: { reviewId: id, approve: true } }, staff());
    expect(moderated.data['moderateReview'].review.status).toBe('PUBLISHED');
    expect((await shop.ask(read, { id }, shopper())).data['review']).toEqual({ id });
  });

  it('counts a vote once, lets it change, and none for oneself', async () => {
    const [productId, ada, ben] = [await known(), shopper(), shopper()];
    const { id } = (await submit({ productId, rating: 4 }, ada)).data['submitReview'].review;
    const VOTE = `mutation ($input: VoteOnReviewInput!) { voteOnReview(input: $input) { ... on VoteOnReviewSuccess { review { helpful unhelpful } } ... on UserError { code } } }`;
    const vote = async (helpful: boolean, viewer = ben) =>
      (await shop.ask(VOTE, { input: { reviewId: id, helpful } }, viewer)).data['voteOnReview'];
    await Promise.all([vote(true), vote(true), vote(true)]);
    expect(await vote(true)).toEqual({ review: { helpful: 1, unhelpful: 0 } });
    expect(await vote(false)).toEqual({ review: { helpful: 0, unhelpful: 1 } });
    expect(await vote(true, ada)).toEqual({ code: 'NOT_FOUND' });
  });

  it('lets the seller of a product, and nobody else, answer its reviews', async () => {
    const [productId, owner] = [newId('product'), seller()];
    await learn(productId, owner.sellerId);
    const { id } = (await submit({ productId, rating: 4 })).data['submitReview'].review;
    const REPLY = `mutation ($input: ReplyToReviewInput!) { replyToReview(input: $input) { ... on ReplyToReviewSuccess { review { sellerReply } } } }`;
    const input = { reviewId: id, body: 'Thank you!' };
    expect((await shop.ask(REPLY, { input }, seller())).code).toBe('FORBIDDEN');
    expect((await shop.ask(REPLY, { input }, owner)).data['replyToReview'].review.sellerReply).toBe(
      'Thank you!',
    );
  });

  it('asks once for the ratings and once for the reviews of many products', async () => {
    const products = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const productId = await known();
        await submit({ productId, rating: 3 });
        return product(productId);
      }),
    );
    shop.statements.length = 0;
    const { data } = await shop.ask(RATING, { products });
    expect(data['_entities']).toHaveLength(8);
    expect(shop.statements).toHaveLength(2);
  });

  it('walks all pages and sees each review once, in every order', async () => {
    const productId = await known();
    for (const rating of [5, 3, 3, 1, 4, 3, 5]) await submit({ productId, rating });
    const LIST = `query ($products: [_Any!]!, $sort: ReviewSort!, $after: String) { _entities(representations: $products) { ... on Product {
      reviews(first: 3, sort: $sort, after: $after) { edges { node { id } } pageInfo { hasNextPage endCursor } } } } }`;
    for (const sort of ['NEWEST', 'HELPFUL', 'RATING_HIGH', 'RATING_LOW']) {
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const { data, errors }: Awaited<ReturnType<typeof shop.ask>> = await shop.ask(LIST, {
          products: [product(productId)],
          sort,
          after,
        });
        expect(errors).toBeUndefined();
        const page = data['_entities'][0].reviews;
        seen.push(...page.edges.map((edge: { node: { id: string } }) => edge.node.id));
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      } while (after);
      expect(new Set(seen).size, sort).toBe(7);
      expect(seen, sort).toHaveLength(7);
    }
  });

  it('announces a review to those who watch its product', async () => {
    const productId = await known();
    const events = await shop.subscribe(
      'subscription ($id: ID!) { reviewPublished(productId: $id) { rating } }',
      { id: productId },
    );
    const next = events.next();
    await submit({ productId, rating: 4 });
    expect((await next).value.data).toEqual({ reviewPublished: { rating: 4 } });
    await events.return?.();
  });

  it('answers nobody without a proof from the gateway', async () => {
    const { errors } = await shop.subgraph.execute({ query: '{ __typename }', proof: '' });
    expect(errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED');
  });
});
