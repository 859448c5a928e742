import { exponentOf, formatDecimal } from '@storegraph/money';
import { readOptionTerm } from '../options/option.js';

/** How many listed products share something. */
export type FacetCount = {
  readonly facet: string;
  readonly value: string;
  readonly label: string;
  readonly count: number;
};

export type Facet = {
  readonly key: string;
  readonly label: string;
  readonly values: readonly { readonly value: string; readonly label: string; readonly count: number }[];
};

const LABELS: Readonly<Record<string, string>> = {
  category: 'Category',
  brand: 'Brand',
  price: 'Price',
  tag: 'Tag',
};

/** Where price ranges begin, in whole units of the currency. */
const PRICE_STEPS = [0, 25, 50, 100, 250, 500, 1_000, 2_500];

/** Where price ranges begin, in minor units. */
export function priceSteps(currency: string): bigint[] {
  const unit = 10n ** BigInt(exponentOf(currency));
  return PRICE_STEPS.map((step) => BigInt(step) * unit);
}

/** Gathers counts into facets; price ranges by price, everything else by count. */
export function gatherFacets(counts: readonly FacetCount[], currency: string): Facet[] {
  const facets = new Map<string, { key: string; label: string; values: Facet['values'][number][] }>();
  const add = (key: string, label: string, value: Facet['values'][number]) => {
    const facet = facets.get(key) ?? { key, label, values: [] };
    facets.set(key, facet);
    facet.values.push(value);
  };
  for (const { facet, value, label, count } of counts) {
    if (facet === 'price') add(facet, 'Price', { ...priceRangeOf(Number(value), currency), count });
    else if (facet === 'option') {
      const term = readOptionTerm(value);
      add(`option:${term.name}`, term.name, { value: term.value, label: term.value, count });
    } else add(facet, LABELS[facet] ?? facet, { value, label, count });
  }
  return [...facets.values()];
}

/** A price range as `min-max` in whole units, open at the top. */
function priceRangeOf(step: number, currency: string): { value: string; label: string } {
  const steps = priceSteps(currency);
  const text = (minor: bigint | undefined) => (minor === undefined ? '' : formatDecimal(minor, currency));
  const [min, max] = [text(steps[step - 1]), text(steps[step])];
  return {
    value: `${min}-${max}`,
    label: max ? `${min} to ${max} ${currency}` : `${min} ${currency} and more`,
  };
}
