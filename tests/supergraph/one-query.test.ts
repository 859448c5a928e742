import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DOMAINS } from '../../standalone/src/domains.js';
import { displayNameOf, onHand, productToReview, publishedReviewsOf } from './shop/demo-goods.js';
import { openShop, OPENING_MILLIS, PUBLIC_URL, type Shop } from './shop/open-shop.js';
import { reviewWithPhoto } from './shop/photo.js';
import { everybodyAt, nodesOf, type Data, type Visitor } from './shop/visitor.js';

let shop: Shop;
let guest: Visitor;
let shopper: Visitor;
let staff: Visitor;

beforeAll(async () => {
  shop = await openShop({ keepsAnswers: false });
  ({ guest, shopper, staff } = await everybodyAt(shop));
}, OPENING_MILLIS);
afterAll(() => shop?.[Symbol.asyncDispose]());

describe('one query through all five domains', () => {
  const PRODUCT = `{
    name brand { name } seller { businessName }
    thumbnail { url mimeType alt }
    rating { average count histogram }
    reviews(first: 5, sort: NEWEST) { totalCount edges { node { rating comment author { displayName } media { width height url } } } }
    variants(first: 12) { edges { node { sku price { amount currencyCode } availability { sellable inStock } } } } }`;

  test('answers a product with what each of them knows of it', async () => {
    const demo = productToReview(shop);
    const asset = await reviewWithPhoto(shop, shopper, shop.goods.productIds.get(demo.slug) ?? '');
    await shop.settled();
    const answer = await guest.ask(`query Product($slug: String!) { product(slug: $slug) ${PRODUCT} }`, {
      slug: demo.slug,
    });
    expect(answer.errors).toEqual([]);
    const ratings = [4, ...publishedReviewsOf(shop, demo.slug).map(({ rating }) => rating)];
    const sum = ratings.reduce((total, rating) => total + rating, 0);
    const { reviews, thumbnail, ...product } = answer.data['product'] as Data;
    expect(product).toEqual({
      name: demo.name,
      brand: { name: shop.demo.brands.find(({ slug }) => slug === demo.brandSlug)?.name },
      seller: { businessName: shop.demo.sellers.find(({ slug }) => slug === demo.sellerSlug)?.businessName },
      rating: {
        average: Number((sum / ratings.length).toFixed(3)),
        count: ratings.length,
        histogram: [1, 2, 3, 4, 5].map((stars) => ratings.filter((rating) => rating === stars).length),
      },
      variants: {
        edges: demo.variants.map(({ sku, priceMinor }) => {
          const sellable = onHand(shop, sku);
          const price = { amount: (Number(priceMinor) / 100).toFixed(2), currencyCode: 'USD' };
          return { node: { sku, price, availability: { sellable, inStock: sellable > 0 } } };
        }),
      },
    });
    expect(thumbnail).toEqual({
      url: expect.stringMatching(`^${PUBLIC_URL}/media/asst_`),
      mimeType: expect.stringMatching(/^image\//),
      alt: demo.pictures[0]?.alt,
    });
    expect(reviews.totalCount).toBe(ratings.length);
    expect(nodesOf(reviews)[0]).toEqual({
      rating: 4,
      comment: 'Does what it should.',
      author: { displayName: displayNameOf(shop, 'shopper@storegraph.test') },
      media: [{ width: 400, height: 300, url: asset['url'] }],
    });
    for (const review of nodesOf(reviews).slice(1)) {
      const written = publishedReviewsOf(shop, demo.slug).find(({ body }) => body === review['comment']);
      expect(review).toEqual({
        rating: written?.rating,
        comment: written?.body,
        author: { displayName: displayNameOf(shop, written?.authorEmail ?? '') },
        media: [],
      });
    }
  });

  test('asks each database as often for twenty products as for five', async () => {
    const list = `query List($first: Int!) { products(first: $first) { edges { node ${PRODUCT} } } }`;
    await reviewWithPhoto(
      shop,
      staff,
      nodesOf((await guest.ask('{ products(first: 1) { edges { node { id } } } }')).data['products'])[0]?.[
        'id'
      ] as string,
    );
    const counts = async (first: number) => {
      const runs: number[][] = [];
      for (let run = 0; run < 3; run += 1) {
        shop.forgetStatements();
        const { data, codes } = await staff.ask(list, { first });
        expect([data['products'].edges.length, codes]).toEqual([first, []]);
        runs.push(DOMAINS.map((domain) => shop.statements.get(domain)?.length ?? 0));
      }
      // Whatever a job of a domain sends in between only ever adds.
      return Object.fromEntries(
        DOMAINS.map((domain, index) => [domain, Math.min(...runs.map((run) => run[index] ?? 0))]),
      );
    };
    await counts(5);
    const five = await counts(5);
    expect(await counts(20)).toEqual(five);
    expect(Object.values(five).every((count) => count > 0 && count <= 8)).toBe(true);
  });
});
