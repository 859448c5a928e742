import type { ExecutionResult } from 'graphql';
import { describe, expect, it } from 'vitest';
import { openTinyGraph } from './conformance/ask.js';
import { FEATURES } from './conformance/features.js';
import type { ExpectedError } from './conformance/feature.js';
import { EXECUTORS } from './executors.js';

describe.each(EXECUTORS)('the %s executor understands', (_name, createExecutor) => {
  describe.each(Object.entries(FEATURES))('%s:', (_feature, { subgraphs, pairs }) => {
    const ask = openTinyGraph(subgraphs, createExecutor);

    it.each(Object.entries(pairs))('%s', async (_title, pair) => {
      const { result, fetches } = await ask(pair.query, pair.variables);
      expect({ data: result.data, errors: errorsOf(result) }).toEqual({
        data: pair.data,
        errors: sorted(pair.errors ?? []),
      });
      expect(JSON.stringify(result.data), 'keys in the order of the query').toBe(JSON.stringify(pair.data));
      for (const name of pair.unasked ?? [])
        expect(fetches.map(({ subgraph }) => subgraph)).not.toContain(name);
    });
  });
});

function errorsOf({ errors = [] }: ExecutionResult): ExpectedError[] {
  return sorted(errors.map(({ path = [], extensions }) => ({ path, code: String(extensions?.['code']) })));
}

function sorted(errors: readonly ExpectedError[]): ExpectedError[] {
  return [...errors].sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}
