import type { ExecutionResult } from 'graphql';
import type { Engine } from '../execution/engine.js';
import { UNAVAILABLE } from './outage.js';

/**
 * Adds `extensions.degraded` to answers that lack what some subgraph owed them: clients can tell "nothing there" from
 * "not now" without reading every error. Names of subgraphs are part of the schema; addresses never are.
 */
export function tellDegraded(engine: Engine): Engine {
  return {
    ...engine,
    run: (...operation) => engine.run(...operation).then(withDegraded),
  };
}

/** Read from the errors, not from the fetches: an answer may be shared by operations that fetched nothing. */
function withDegraded(result: ExecutionResult): ExecutionResult {
  if (!result.errors) return result;
  const subgraphs = new Set<string>();
  for (const { extensions } of result.errors)
    if (extensions['code'] === UNAVAILABLE.code && typeof extensions['serviceName'] === 'string')
      subgraphs.add(extensions['serviceName']);
  if (subgraphs.size === 0) return result;
  return { ...result, extensions: { ...result.extensions, degraded: { subgraphs: [...subgraphs].sort() } } };
}
