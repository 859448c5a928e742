/** How a product, or all of a seller's products, are rated. */
export type Rating = {
  /** How many reviews gave one, two, three, four and five stars. */
  readonly histogram: readonly [number, number, number, number, number];
  readonly count: number;
  /** Mean of the stars, `null` without reviews. */
  readonly average: number | null;
  /** The mean drawn towards the shop's usual rating while there are few reviews: what lists sort by. */
  readonly bayesian: number;
};

/** What an unknown product is presumed to be worth, and how many reviews that presumption weighs. */
const PRIOR = { mean: 3.8, weight: 8 };

/** The rating that a histogram of stars, one to five, amounts to. */
export function ratingOf(histogram: Rating['histogram']): Rating {
  const count = histogram.reduce((sum, stars) => sum + stars, 0);
  const total = histogram.reduce((sum, reviews, index) => sum + reviews * (index + 1), 0);
  return {
    histogram,
    count,
    average: count === 0 ? null : round(total / count),
    bayesian: round((PRIOR.mean * PRIOR.weight + total) / (PRIOR.weight + count)),
  };
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
