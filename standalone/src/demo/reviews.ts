import type { DemoOrder, DemoPerson, DemoProduct, DemoReview } from './demo-data.js';
import { REVIEW_ENDINGS, REVIEW_TITLES, SELLER_REPLIES } from './review-phrases.js';
import { reviewTextsOf } from './review-texts.js';
import { randomFrom, type SeededRandom } from './seeded-random.js';

type Rating = DemoReview['rating'];

const DAY_MINUTES = 24 * 60;
const MAX_PER_PRODUCT = 18;

/** How opinions about a product spread over the stars. */
const CHARACTERS: readonly (readonly [ratings: readonly (readonly [Rating, number])[], weight: number])[] = [
  [
    [
      [5, 70],
      [4, 21],
      [3, 5],
      [2, 3],
      [1, 1],
    ],
    45,
  ],
  [
    [
      [5, 46],
      [4, 33],
      [3, 12],
      [2, 6],
      [1, 3],
    ],
    40,
  ],
  [
    [
      [5, 24],
      [4, 27],
      [3, 22],
      [2, 15],
      [1, 12],
    ],
    15,
  ],
];

interface Written {
  product: DemoProduct;
  author: DemoPerson;
  order: DemoOrder | null;
}

/**
 * About `count` reviews, more of them for popular products. Whoever had a product delivered reviews it first; every
 * product keeps a character of its own, so averages differ believably.
 */
export function generateReviews(
  shop: { products: readonly DemoProduct[]; people: readonly DemoPerson[]; orders: readonly DemoOrder[] },
  options: { count: number; seed: string },
): DemoReview[] {
  const customers = shop.people.filter(({ role }) => role === 'customer');
  // Squared: opinions gather where the buyers are.
  const total = shop.products.reduce((sum, { popularity }) => sum + popularity ** 2, 0);
  return shop.products.flatMap((product) => {
    const random = randomFrom(`${options.seed}/reviews/${product.slug}`);
    const share = (product.popularity ** 2 / total) * options.count;
    const count = Math.min(MAX_PER_PRODUCT, Math.floor(share + random.next()));
    const ratings = random.weighted(CHARACTERS);
    const used = new Set<string>();
    return chooseAuthors(product, { orders: shop.orders, customers, count, random }).map((written, at) =>
      composeReview(written, {
        key: `${product.slug}-${at + 1}`,
        rating: random.weighted(ratings),
        used,
        customers,
        random,
      }),
    );
  });
}

function chooseAuthors(
  product: DemoProduct,
  rest: {
    orders: readonly DemoOrder[];
    customers: readonly DemoPerson[];
    count: number;
    random: SeededRandom;
  },
): Written[] {
  const delivered = rest.orders.filter(
    ({ status, lines }) =>
      status === 'DELIVERED' && lines.some(({ productSlug }) => productSlug === product.slug),
  );
  const orderByEmail = new Map(delivered.map((order) => [order.customerEmail, order]));
  const buyers = rest.customers.filter(({ email }) => orderByEmail.has(email));
  const others = rest.customers.filter(({ email }) => !orderByEmail.has(email));
  const authors = [...buyers, ...rest.random.sample(others, rest.count)].slice(0, Math.max(rest.count, 0));
  return authors.map((author) => ({ product, author, order: orderByEmail.get(author.email) ?? null }));
}

function composeReview(
  { product, author, order }: Written,
  rest: {
    key: string;
    rating: Rating;
    /** Sentences already used about this product. */
    used: Set<string>;
    customers: readonly DemoPerson[];
    random: SeededRandom;
  },
): DemoReview {
  const { key, rating, random, customers } = rest;
  const oldest = order
    ? order.placedMinutesAgo - 5 * DAY_MINUTES
    : Math.min(product.createdMinutesAgo, 180 * DAY_MINUTES);
  const writtenMinutesAgo = random.int(20, Math.max(21, oldest));
  const status = random.chance(0.03) ? 'PENDING' : 'PUBLISHED';
  const voters = customers.filter(({ email }) => email !== author.email);
  const helpful = status === 'PENDING' ? [] : random.sample(voters, Math.floor(9 * random.next() ** 3));
  const unhelpful = status === 'PENDING' || !random.chance(0.1) ? [] : random.sample(voters, 1);
  return {
    ...{ key, productSlug: product.slug, authorEmail: author.email, rating, status, writtenMinutesAgo },
    title: pickFresh(REVIEW_TITLES[rating], 1, rest).join(),
    body: composeBody(product, rest),
    orderKey: order?.key ?? null,
    helpfulVoterEmails: helpful.map(({ email }) => email),
    unhelpfulVoterEmails: unhelpful.filter((voter) => !helpful.includes(voter)).map(({ email }) => email),
    reply: status === 'PUBLISHED' ? composeReply(product, { rating, writtenMinutesAgo, random }) : null,
  };
}

function composeBody(
  product: DemoProduct,
  { rating, used, random }: { rating: Rating; used: Set<string>; random: SeededRandom },
): string {
  const texts = reviewTextsOf(product.departmentSlug);
  const fresh = (from: readonly string[], count: number): string[] =>
    pickFresh(from, count, { used, random });
  const mood = rating >= 4 ? 'happy' : rating === 3 ? 'neutral' : 'unhappy';
  const sentences = {
    5: () => fresh(texts.praise, random.int(1, 2)),
    4: () => [...fresh(texts.praise, 1), ...fresh(texts.quibbles, 1)],
    3: () => [...fresh(texts.praise, 1), ...fresh(random.chance(0.5) ? texts.quibbles : texts.complaints, 1)],
    2: () => [...fresh(texts.complaints, 1), ...fresh(texts.quibbles, 1)],
    1: () => fresh(texts.complaints, random.int(1, 2)),
  }[rating]();
  return [...sentences, ...(random.chance(0.55) ? fresh(REVIEW_ENDINGS[mood], 1) : [])].join(' ');
}

/** Sentences nobody has used about the product yet, as long as there are any. */
function pickFresh(
  sentences: readonly string[],
  count: number,
  { used, random }: { used: Set<string>; random: SeededRandom },
): string[] {
  const unused = sentences.filter((sentence) => !used.has(sentence));
  const chosen = random.sample(unused.length >= count ? unused : sentences, count);
  chosen.forEach((sentence) => used.add(sentence));
  return chosen;
}

/** Sellers answer unhappy customers often and happy ones now and then. */
function composeReply(
  { sellerSlug }: DemoProduct,
  { rating, writtenMinutesAgo, random }: { rating: Rating; writtenMinutesAgo: number; random: SeededRandom },
): DemoReview['reply'] {
  const mood = rating <= 2 ? 'unhappy' : 'happy';
  if (sellerSlug === null || rating === 3 || !random.chance(mood === 'unhappy' ? 0.7 : 0.12)) return null;
  const body = random.pick(SELLER_REPLIES[mood]);
  return {
    sellerSlug,
    body,
    writtenMinutesAgo: Math.max(1, writtenMinutesAgo - random.int(60, 2 * DAY_MINUTES)),
  };
}
