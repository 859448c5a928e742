import type { FetchNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import {
  Kind,
  parse,
  print,
  stripIgnoredCharacters,
  visit,
  type FieldNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { publicName } from './requires-names.js';
import type { SeparatedSupergraph } from './requires-supergraph.js';

/** Fields of one entity fetch that may share a representation, and what it must tell. */
type Group = { readonly fields: Set<FieldNode>; readonly needs: Set<string> };

/**
 * Splits a fetch of entities whose fields require one field with different arguments. A representation can say only
 * one of the values, so each part asks for the fields that agree.
 */
export function splitConflicts(fetch: FetchNode, separated: SeparatedSupergraph): FetchNode[] {
  const requires = fetch.requires ?? [];
  const contested = contestedIn(pathsOf(requires));
  if (contested.length === 0) return [fetch];
  const [operation] = parse(fetch.operation, { noLocation: true }).definitions as readonly [
    OperationDefinitionNode,
  ];
  return groupFields(operation, fetch.serviceName, separated).map(({ fields, needs }) => ({
    ...onlyFields(fetch, operation, fields),
    requires: without(requires, new Set(contested.filter((path) => !needs.has(path)))),
  }));
}

function groupFields(
  operation: OperationDefinitionNode,
  subgraph: string,
  separated: SeparatedSupergraph,
): Group[] {
  const groups: Group[] = [];
  for (const { typeName, field } of entityFields(operation)) {
    const needs = separated.requiredBy(subgraph, typeName, field.name.value);
    const group = groups.find((one) => contestedIn([...one.needs, ...needs]).length === 0);
    if (!group) groups.push({ fields: new Set([field]), needs: new Set(needs) });
    else {
      group.fields.add(field);
      for (const path of needs) group.needs.add(path);
    }
  }
  return groups;
}

/** The fields asked of entities, through fragments: `_entities { ... on Product { these } }`. */
function entityFields(operation: OperationDefinitionNode): { typeName: string; field: FieldNode }[] {
  const within = (
    selectionSet: SelectionSetNode | undefined,
    typeName: string,
  ): ReturnType<typeof entityFields> =>
    (selectionSet?.selections ?? []).flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return [{ typeName, field: selection }];
      if (selection.kind === Kind.FRAGMENT_SPREAD) return [];
      return within(selection.selectionSet, selection.typeCondition?.name.value ?? typeName);
    });
  const [entities] = operation.selectionSet.selections;
  return entities?.kind === Kind.FIELD ? within(entities.selectionSet, '') : [];
}

/** The paths that say different things under one name at one place. */
function contestedIn(paths: readonly string[]): string[] {
  const byPlace = new Map<string, Set<string>>();
  for (const path of paths) {
    const place = path.split('.').map(publicName).join('.');
    byPlace.set(place, (byPlace.get(place) ?? new Set()).add(path));
  }
  return [...byPlace.values()].filter(({ size }) => size > 1).flatMap((rivals) => [...rivals]);
}

function pathsOf(selections: readonly QueryPlanSelectionNode[], prefix = ''): string[] {
  return selections.flatMap((selection) => {
    if (selection.kind === 'InlineFragment') return pathsOf(selection.selections, prefix);
    const path = `${prefix}${selection.name}`;
    return [path, ...pathsOf(selection.selections ?? [], `${path}.`)];
  });
}

function without(
  selections: readonly QueryPlanSelectionNode[],
  paths: ReadonlySet<string>,
  prefix = '',
): QueryPlanSelectionNode[] {
  return selections.flatMap((selection): QueryPlanSelectionNode[] => {
    if (selection.kind === 'InlineFragment')
      return [{ ...selection, selections: without(selection.selections, paths, prefix) }];
    const path = `${prefix}${selection.name}`;
    if (paths.has(path)) return [];
    if (!selection.selections) return [selection];
    return [{ ...selection, selections: without(selection.selections, paths, `${path}.`) }];
  });
}

/** The fetch asking for some of its entity fields, with the variables those use. */
function onlyFields(
  fetch: FetchNode,
  operation: OperationDefinitionNode,
  kept: ReadonlySet<FieldNode>,
): FetchNode {
  const dropped = new Set(
    entityFields(operation)
      .map(({ field }) => field)
      .filter((field) => !kept.has(field)),
  );
  const pruned = visit(operation, {
    Field: { enter: (node) => (dropped.has(node) ? null : undefined) },
    InlineFragment: { leave: (node) => (node.selectionSet.selections.length === 0 ? null : undefined) },
  });
  const used = new Set<string>();
  visit(pruned.selectionSet, { Variable: ({ name }) => void used.add(name.value) });
  const { operationDocumentNode: _outdated, ...rest } = fetch;
  return {
    ...rest,
    variableUsages: fetch.variableUsages?.filter((name) => used.has(name)),
    operation: stripIgnoredCharacters(
      print({
        ...pruned,
        variableDefinitions: pruned.variableDefinitions?.filter(({ variable }) =>
          used.has(variable.name.value),
        ),
      }),
    ),
  };
}
