import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import { own } from './entity-path.js';
import { isObject, join, put } from '../join.js';
import { valueText } from '../writing/json-text.js';
import type { Entity } from '../plan-run.js';
import type { Rewrite } from './rewrites.js';
import type { TypeNames } from './type-names.js';

/** How a subgraph is told which entity is meant (Apollo Federation subgraph specification, `_Any`). */
export type Representation = {
  /** Equal representations have equal texts. */
  readonly text: string;
  readonly value: Entity;
};

/** @returns null for an object that lacks what the subgraph requires, which is then not asked about */
export type Represent = (object: Entity) => Representation | null;

/** Compiles the `requires` of a fetch. */
export function compileRepresentation(
  requires: readonly QueryPlanSelectionNode[],
  options: { types: TypeNames; rewrite: Rewrite | null },
): Represent {
  const { types, rewrite } = options;
  return (rewrite ? null : compileFlat(requires, types)) ?? compileNested(requires, { types, rewrite });
}

/** By far the most are `... on Type { __typename key }`: their text is put together without an object in between. */
function compileFlat(requires: readonly QueryPlanSelectionNode[], types: TypeNames): Represent | null {
  const [only] = requires;
  if (requires.length !== 1 || only?.kind !== 'InlineFragment' || !only.typeCondition) return null;
  const keys: string[] = [];
  for (const selection of only.selections) {
    if (selection.kind !== 'Field' || selection.selections || selection.alias) return null;
    if (selection.name !== '__typename') keys.push(selection.name);
  }
  const type = only.typeCondition;
  if (!types.isConcrete(type)) return null;
  if (keys.length === only.selections.length || keys.some((key) => key in Object.prototype)) return null;
  const opening = `{"__typename":${JSON.stringify(type)}`;
  const labels = keys.map((key) => `,${JSON.stringify(key)}:`);

  return (object) => {
    if (object['__typename'] !== type) return null;
    let text = opening;
    const value: Entity = { __typename: type };
    for (let index = 0; index < keys.length; index += 1) {
      const key = keys[index] as string;
      const part = object[key];
      if (part === undefined) return null;
      text += (labels[index] as string) + valueText(part);
      value[key] = part;
    }
    return { text: `${text}}`, value };
  };
}

function compileNested(
  requires: readonly QueryPlanSelectionNode[],
  { types, rewrite }: { types: TypeNames; rewrite: Rewrite | null },
): Represent {
  const pick = compileSelections(requires, types);
  return (object) => {
    const value = pick(object);
    if (!value?.['__typename']) return null;
    rewrite?.(value);
    return { text: JSON.stringify(value), value };
  };
}

/** Picks fields out of an object; null when one is missing. */
type Pick = (object: Entity) => Entity | null;

function compileSelections(selections: readonly QueryPlanSelectionNode[], types: TypeNames): Pick {
  const parts = selections.map((selection) =>
    selection.kind === 'Field' ? compileField(selection, types) : compileFragment(selection, types),
  );
  return (object) => {
    const picked: Entity = {};
    for (const part of parts) if (!part(object, picked)) return null;
    return picked;
  };
}

/** Adds to what is picked. @returns whether all it needs is there */
type Part = (object: Entity, picked: Entity) => boolean;

function compileField(
  { name, alias, selections }: Extract<QueryPlanSelectionNode, { kind: 'Field' }>,
  types: TypeNames,
): Part {
  const key = alias ?? name;
  const inner = selections ? compileSelections(selections, types) : null;
  const valueOf = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(valueOf);
    if (!inner || value === null) return value;
    return isObject(value) ? inner(value) : null;
  };
  return (object, picked) => {
    const value = own(object, key);
    if (value === undefined) return false;
    put(picked, key, valueOf(value));
    return true;
  };
}

function compileFragment(
  { typeCondition, selections }: Extract<QueryPlanSelectionNode, { kind: 'InlineFragment' }>,
  types: TypeNames,
): Part {
  const accepts = typeCondition ? types.accepts(typeCondition) : null;
  const inner = compileSelections(selections, types);
  return (object, picked) => {
    const typename = object['__typename'];
    if (accepts && !(typeof typename === 'string' && accepts(typename))) return true;
    const more = inner(object);
    if (more) join(picked, more);
    return true;
  };
}
