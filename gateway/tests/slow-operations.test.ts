import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const SCRIPT = join(import.meta.dirname, 'slow-lines.ts');
const START_MILLIS = 120_000; // two processes start, on a machine that may be busy

function linesWhenSlowFrom(millis: number): { msg: string; [field: string]: unknown }[] {
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', SCRIPT, String(millis)], {
    encoding: 'utf8',
    timeout: START_MILLIS,
  });
  expect(stderr).toBe('');
  return stdout
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text) as { msg: string });
}

describe('an operation slower than it should be', { timeout: START_MILLIS }, () => {
  it('is logged once more with its plan and its fetches, and without the values it was given', () => {
    const lines = linesWhenSlowFrom(0);
    expect(lines.map(({ msg }) => msg)).toEqual(['operation', 'slow operation']);
    expect(lines[1]).toMatchObject({
      level: 'warn',
      operation: 'Shelf',
      kind: 'query',
      viewer: 'anonymous',
      document: expect.stringMatching(/^[\da-f]{64}$/) as string,
      plan: 'catalog{product, product} → reviews[Product] at product',
      fetches: [{ subgraph: 'catalog', outcome: 'ok' }],
    });
    expect(JSON.stringify(lines)).not.toMatch(/p1-variable|p2-literal/);
  });

  it('is logged like any other when it is not', () => {
    expect(linesWhenSlowFrom(60_000).map(({ msg }) => msg)).toEqual(['operation']);
  });
});
