/** A number from 0 (included) to 1 (excluded) that depends on the text only: FNV-1a, stirred once more. */
export function chanceOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return ((hash ^ (hash >>> 15)) >>> 0) / 4_294_967_296;
}

/** Chance that repeats itself: the same throws for the same seed. */
export type Dice = {
  /** A whole number from 0 to `sides - 1`. */
  roll(sides: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
  /** Some of the items, in random order. */
  some<Item>(items: readonly Item[], count: number): Item[];
};

export function diceOf(seed: string): Dice {
  let throws = 0;
  const next = () => chanceOf(`${seed}/${(throws += 1)}`);
  const roll = (sides: number) => Math.floor(next() * sides);
  return {
    roll,
    chance: (probability) => next() < probability,
    pick: (items) => items[roll(items.length)] ?? items[0],
    some(items, count) {
      const left = [...items];
      return Array.from({ length: Math.min(count, left.length) }, () =>
        left.splice(roll(left.length), 1),
      ).flat();
    },
  };
}
