import type { FetchNode } from '@apollo/query-planner';
import { gather, type EntityPath } from './entity-path.js';
import { placed } from './entity-errors.js';
import { variablesOf } from './fetch-variables.js';
import { copyOf, join } from './join.js';
import type { Step } from './plan-run.js';
import { compileRewrites } from './rewrites.js';
import type { TypeNames } from './type-names.js';

/** Compiles a fetch of root fields. */
export function compileRootFetch(fetch: FetchNode, path: EntityPath, types: TypeNames): Step {
  const rewrite = compileRewrites(fetch.outputRewrites, types);
  const usages = fetch.variableUsages ?? [];
  return async (state) => {
    const targets = gather(state.data, path);
    if (targets.length === 0) return;
    const { data, errors } = await state.fetch({
      subgraph: fetch.serviceName,
      query: fetch.operation,
      operationName: fetch.operationName,
      variables: variablesOf(usages, state.variables),
      isMutation: fetch.operationKind === 'mutation',
    });
    for (const error of errors ?? []) {
      const below = error.path ? [...path, ...error.path] : undefined;
      state.errors.push(placed(error, below));
    }
    if (!data) return;
    rewrite?.(data);
    targets.forEach((target, index) => join(target, index === 0 ? data : copyOf(data)));
  };
}
