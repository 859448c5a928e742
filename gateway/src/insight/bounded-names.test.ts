import { describe, expect, it } from 'vitest';
import { boundedNames } from './bounded-names.js';

describe('names of a metric’s label', () => {
  it('are kept apart up to a limit, and those known stay known', () => {
    const nameOf = boundedNames(2);
    expect(['A', 'B', 'C', 'A', 'D'].map(nameOf)).toEqual(['A', 'B', 'other', 'A', 'other']);
  });

  it('are anonymous when there is none', () => {
    const nameOf = boundedNames(2);
    expect([undefined, null, ''].map(nameOf)).toEqual(['anonymous', 'anonymous', 'anonymous']);
  });
});
