import { describe, expect, it } from 'vitest';
import { requireSmallVariables, VARIABLE_LIMITS } from './variables-size.js';

const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);

describe('variables', () => {
  it('may be as deep and as long as people need, and no more', () => {
    const { variableDepth, listItems } = VARIABLE_LIMITS;
    expect(() => requireSmallVariables({ a: nested(variableDepth) })).not.toThrow();
    expect(() => requireSmallVariables({ a: nested(variableDepth + 1) })).toThrow('variableDepth');
    expect(() => requireSmallVariables({ a: { b: Array<number>(listItems).fill(1) } })).not.toThrow();
    expect(() => requireSmallVariables({ a: { b: Array<number>(listItems + 1).fill(1) } })).toThrow(
      'listItems',
    );
  });

  it('are measured without recursion: what fits into a request cannot exhaust the stack', () => {
    expect(() => requireSmallVariables({ a: nested(50_000) })).toThrow('variableDepth');
  });
});
