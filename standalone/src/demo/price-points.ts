import type { SeededRandom } from './seeded-random.js';

/** A price as shops write it, in cents: 14.95, 39.00, 129.00, 449.00. @param range whole dollars, both ends included */
export function believablePrice(random: SeededRandom, [from, to]: readonly [number, number]): bigint {
  // Most goods of a kind are nearer to the cheap end.
  const dollars = from + (to - from) * random.next() ** 1.4;
  return toPricePoint(Math.round(dollars * 100), random.pick([0, 50, 95]));
}

/** A former price 15 to 40 % above today's, on a price point of its own. */
export function formerPrice(random: SeededRandom, priceMinor: bigint): bigint {
  const former = Math.round(Number(priceMinor) * (1.15 + random.next() * 0.25));
  const point = toPricePoint(former, Number(priceMinor % 100n));
  return point > priceMinor ? point : priceMinor + 500n;
}

function toPricePoint(cents: number, ending: number): bigint {
  const dollars = cents / 100;
  if (dollars < 40)
    return BigInt(Math.max(1, Math.round(dollars)) * 100 + ending - (ending === 95 ? 100 : 0));
  if (dollars < 100) return BigInt(Math.round(dollars) * 100);
  const step = dollars < 300 ? 5 : dollars < 800 ? 10 : 50;
  return BigInt(Math.max(1, Math.round(dollars / step)) * step * 100 - 100);
}
