import type { FetchDataRewrite } from '@apollo/query-planner';
import type { TypeNames } from './type-names.js';
import { own } from './entity-path.js';
import { put } from '../join.js';
import type { Entity } from '../plan-run.js';

/** Changes one representation or received entity in place. */
export type Rewrite = (value: unknown) => void;

const TYPE_CONDITION = '... on ';

/**
 * Compiles what the planner wants changed on the way to or from a subgraph: a `__typename` an interface object needs, a
 * key renamed because two fields wanted the same.
 */
export function compileRewrites(
  rewrites: readonly FetchDataRewrite[] | undefined,
  types: TypeNames,
): Rewrite | null {
  if (!rewrites || rewrites.length === 0) return null;
  const compiled = rewrites.map((rewrite) => compileRewrite(rewrite, types));
  return (value) => {
    for (const rewrite of compiled) rewrite(value);
  };
}

function compileRewrite(rewrite: FetchDataRewrite, types: TypeNames): Rewrite {
  const last = rewrite.path.at(-1) ?? '';
  const change: (object: Entity) => void =
    rewrite.kind === 'ValueSetter'
      ? (object) => put(object, last, rewrite.setValueTo)
      : (object) => rename(object, last, rewrite.renameKeyTo);
  return rewrite.path.slice(0, -1).reduceRight<Rewrite>((next, element) => {
    if (!element.startsWith(TYPE_CONDITION)) return eachObject((object) => next(own(object, element)));
    const accepts = types.accepts(element.slice(TYPE_CONDITION.length));
    return eachObject((object) => {
      const typename = object['__typename'];
      if (typeof typename !== 'string' || accepts(typename)) next(object);
    });
  }, eachObject(change));
}

function eachObject(visit: (object: Entity) => void): Rewrite {
  const each: Rewrite = (value) => {
    if (Array.isArray(value)) value.forEach(each);
    else if (typeof value === 'object' && value !== null) visit(value as Entity);
  };
  return each;
}

function rename(object: Entity, from: string, to: string): void {
  const value = own(object, from);
  if (value === undefined) return;
  put(object, to, value);
  delete object[from];
}
