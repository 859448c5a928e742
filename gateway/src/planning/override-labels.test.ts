import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createOverrideConditions } from './override-labels.js';

const supergraph = (label: string) =>
  parse(`type Item { price: Int @join__field(graph: NEW, override: "old", overrideLabel: "${label}") }`);

const shareOf = (label: string): number => {
  const conditions = createOverrideConditions(supergraph(label));
  const asked = Array.from({ length: 1_000 }, (_, index) => conditions(`{ item${index} }`).get(label));
  return asked.filter(Boolean).length / asked.length;
};

describe('labels of overrides', () => {
  it('give the new subgraph its share of operations', () => {
    expect(shareOf('percent(0)')).toBe(0);
    expect(shareOf('percent(100)')).toBe(1);
    expect(shareOf('percent(25)')).toBeCloseTo(0.25, 1);
  });

  it('decide alike whenever the same operation is asked', () => {
    const conditions = createOverrideConditions(supergraph('percent(50)'));
    expect(conditions('{ a }')).toEqual(conditions('{ a }'));
  });

  it('stay off where nobody knows what they mean', () => {
    expect(shareOf('a flag of ours')).toBe(0);
  });
});
