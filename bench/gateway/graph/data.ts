/**
 * What the four subgraphs know: small, the same in every run and in every process, so that all answers are equal.
 * Nothing is random; numbers wander by steps that share no factor with the size of what they walk through.
 */

export type UserRow = {
  readonly id: string;
  readonly name: string;
  readonly username: string;
  /** Days since the shop opened. */
  readonly joinedOn: number;
};

export type ProductRow = {
  readonly upc: string;
  readonly name: string;
  /** Minor units. */
  readonly price: number;
  /** Grams. */
  readonly weight: number;
};

export type StockRow = { readonly upc: string; readonly inStock: boolean };

export type ReviewRow = {
  readonly id: string;
  readonly body: string;
  readonly authorId: string;
  readonly upc: string;
};

const PEOPLE = ['Ada Brook', 'Ben Castle', 'Cleo Dunn', 'Dara Ellis', 'Emil Frost', 'Fay Grove'] as const;
const GOODS =
  'Table Couch Chair Lamp Shelf Mirror Carpet Desk Bench Stool Wardrobe Dresser Bed Cot Hammock Clock Vase Screen Rack ' +
  'Trunk Chest Easel Ladder Swing';
const GOOD_NAMES = GOODS.split(' ');
const OPINIONS = [
  'Sturdy, well made, and put together in an afternoon by two people who had never met a screwdriver before.',
  'It looks smaller in the room than in the picture, so measure twice and believe the table of dimensions.',
  'The colour is warmer than on my screen, which turned out to be the best surprise of the whole delivery.',
  'It came four days late, with a dent in one corner; the shop sent another part without asking for a photo.',
  'A year of children, cats and red wine later it looks as it did on the first day, and I would buy it again.',
  'For the price it does what it says, no more and no less, and that is more than one can say of most things.',
  'The finish could be better on the underside, where nobody but my brother in law has ever thought to look.',
] as const;
/** Sentences of a review, which makes it about five hundred characters of prose. */
const SENTENCES = 5;
const REVIEWS = 12;

export const USERS: readonly UserRow[] = PEOPLE.map((name, index) => ({
  id: `u${index + 1}`,
  name,
  username: `@${name.toLowerCase().replace(' ', '.')}`,
  joinedOn: 10 + index * 37,
}));

export const PRODUCTS: readonly ProductRow[] = GOOD_NAMES.map((name, index) => ({
  upc: `p${index + 1}`,
  name,
  price: 1_900 + ((index * 7) % GOOD_NAMES.length) * 3_150,
  weight: 400 + ((index * 5) % GOOD_NAMES.length) * 450,
}));

export const STOCK: readonly StockRow[] = PRODUCTS.map(({ upc }, index) => ({
  upc,
  inStock: index % 3 !== 1,
}));

export const REVIEW_ROWS: readonly ReviewRow[] = Array.from({ length: REVIEWS }, (_, index) => ({
  id: `r${index + 1}`,
  body: proseFrom(index),
  authorId: `u${((index * 5) % PEOPLE.length) + 1}`,
  upc: `p${((index * 7) % 5) + 1}`,
}));

export const USER_BY_ID = new Map(USERS.map((row) => [row.id, row]));
export const PRODUCT_BY_UPC = new Map(PRODUCTS.map((row) => [row.upc, row]));
export const STOCK_BY_UPC = new Map(STOCK.map((row) => [row.upc, row]));
export const REVIEWS_BY_AUTHOR = grouped(({ authorId }) => authorId);
export const REVIEWS_BY_PRODUCT = grouped(({ upc }) => upc);

/** Costs nothing above ten kilograms of dearness, as in every shop that wants to sell couches. Minor units. */
export function shippingEstimate({ price, weight }: { price: number; weight: number }): number {
  return price > 50_000 ? 0 : Math.round(weight / 2);
}

export type Topics = { readonly first: number; readonly cheaperThan?: number | null };

export function topProducts({ first, cheaperThan }: Topics): readonly ProductRow[] {
  return PRODUCTS.filter(({ price }) => cheaperThan == null || price < cheaperThan).slice(0, first);
}

export function usersBefore(joinedBefore: number | null | undefined): readonly UserRow[] {
  return USERS.filter(({ joinedOn }) => joinedBefore == null || joinedOn < joinedBefore);
}

function proseFrom(start: number): string {
  const sentences = Array.from(
    { length: SENTENCES },
    (_, index) => OPINIONS[(start + index * 3) % OPINIONS.length],
  );
  return sentences.join(' ');
}

function grouped(keyOf: (row: ReviewRow) => string): ReadonlyMap<string, readonly ReviewRow[]> {
  const groups = new Map<string, ReviewRow[]>();
  for (const row of REVIEW_ROWS) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
}
