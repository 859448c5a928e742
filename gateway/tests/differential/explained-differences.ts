import type { Seen } from './compare.js';

export type Explanation = {
  readonly why: string;
  /** Whether this, and nothing else, sets the stock executor's answer apart from the right one. */
  readonly explains: (stock: Seen, right: Seen) => boolean;
};

/**
 * Where Apollo's own executor is known to be wrong. The list may only shrink: the differential test fails when an entry
 * explains nothing any more.
 */
export const EXPLAINED: readonly Explanation[] = [
  {
    why:
      'An error of an entity is placed by counting all entities at the path, but representations leave out those that ' +
      'are null or of another type: the index is too small.',
    explains: (stock, right) => {
      const placed = stock.errorPaths.map(withoutIndexes);
      const gaps = right.gaps.map(withoutIndexes).map((gap) => gap.slice(0, -1));
      return stock.data === right.data && gaps.every((gap) => placed.some((path) => path.startsWith(gap)));
    },
  },
  {
    why:
      'Where the type name was not fetched, `... on Cart` inside `... on Node` inside an object that is known to be a ' +
      'Cart is taken not to apply: its fields are missing from the answer.',
    explains: (stock, right) =>
      stock.data !== right.data && isPartOf(JSON.parse(stock.data), JSON.parse(right.data)),
  },
  {
    why:
      'An interface object answers with the name of the interface, which takes the place of the type the object really ' +
      'has; an object without a type becomes null, and nothing is said of it.',
    explains: (stock, right) =>
      stock.errorPaths.join() === right.errorPaths.join() &&
      hasNullsFor(JSON.parse(stock.data), JSON.parse(right.data)),
  },
];

type Values = Record<string, unknown>;

function withoutIndexes(path: string): string {
  return path.replaceAll(/(?<=[[,])\d+(?=[\],])/g, '@');
}

/** Whether the second value says all that the first does, with keys that the first has not. */
function isPartOf(part: unknown, whole: unknown): boolean {
  if (typeof part !== 'object' || typeof whole !== 'object' || !part || !whole) return part === whole;
  if (Array.isArray(part) !== Array.isArray(whole)) return false;
  if (Array.isArray(part) && part.length !== (whole as unknown[]).length) return false;
  return Object.entries(part).every(([key, value]) => isPartOf(value, (whole as Values)[key]));
}

/** Whether the first value is the second but for nulls where that one has objects. */
function hasNullsFor(lost: unknown, whole: unknown): boolean {
  if (typeof whole !== 'object' || !whole) return lost === whole;
  if (typeof lost !== 'object') return false;
  if (!lost) return !Array.isArray(whole);
  const keys = Object.keys(whole);
  return (
    keys.join() === Object.keys(lost).join() &&
    keys.every((key) => hasNullsFor((lost as Values)[key], (whole as Values)[key]))
  );
}
