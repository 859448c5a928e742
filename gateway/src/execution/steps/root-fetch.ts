import type { FetchNode } from '@apollo/query-planner';
import { parse } from 'graphql';
import { gather, type EntityPath } from './entity-path.js';
import { placed } from './entity-errors.js';
import { variablesOf } from './fetch-variables.js';
import { keyOf, rootFields } from './gaps.js';
import { copyOf, join } from '../join.js';
import type { Step } from '../plan-run.js';
import { compileRewrites } from './rewrites.js';
import type { TypeNames } from './type-names.js';

/** Compiles a fetch of root fields. */
export function compileRootFetch(fetch: FetchNode, path: EntityPath, types: TypeNames): Step {
  const rewrite = compileRewrites(fetch.outputRewrites, types);
  const usages = fetch.variableUsages ?? [];
  const fields = rootFields(parse(fetch.operation, { noLocation: true }));
  const gaps = fields.map((field) => [...path, keyOf(field)]);
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
      // Without a path it speaks of the whole request.
      const places = error.path ? [[...path, ...error.path]] : data ? gaps.slice(0, 1) : gaps;
      state.errors.push(...places.map((place) => placed(error, place)));
    }
    if (!data) return;
    rewrite?.(data);
    targets.forEach((target, index) => join(target, index === 0 ? data : copyOf(data)));
  };
}
