/** A source of chance that gives the same answers for the same seed, on every machine and in every year. */
export interface SeededRandom {
  /** A number from 0 (included) to 1 (excluded). */
  next(): number;
  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** `count` different items in random order; all of them when there are fewer. */
  sample<T>(items: readonly T[], count: number): T[];
  /** One item, the higher its weight the likelier. */
  weighted<T>(items: readonly (readonly [item: T, weight: number])[]): T;
}

/** Chance for one thing: give every product, order and review a seed of its own and their order stops mattering. */
export function randomFrom(seed: string): SeededRandom {
  const next = mulberry32(fnv1a(seed));
  const int = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  const pick = <T>(items: readonly T[]): T => required(items[int(0, items.length - 1)]);
  return {
    next,
    int,
    pick,
    chance: (probability) => next() < probability,
    sample: (items, count) => {
      const left = [...items];
      return Array.from({ length: Math.min(count, left.length) }, () =>
        required(left.splice(int(0, left.length - 1), 1)[0]),
      );
    },
    weighted: (items) => {
      let at = next() * items.reduce((sum, [, weight]) => sum + weight, 0);
      const found = items.find(([, weight]) => (at -= weight) < 0);
      return required(found ?? items.at(-1))[0];
    },
  };
}

function required<T>(item: T | undefined): T {
  if (item === undefined) throw new Error('Nothing to pick from');
  return item;
}

/** FNV-1a, 32 bit: seeds that differ in one letter give unrelated sequences. */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** Mulberry32 (Tommy Ettinger): 32 bits of state, good enough for believable data. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
