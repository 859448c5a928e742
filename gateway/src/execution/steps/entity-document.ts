import type { FetchNode } from '@apollo/query-planner';
import {
  Kind,
  parse,
  print,
  visit,
  type DocumentNode,
  type FieldNode,
  type NameNode,
  type OperationDefinitionNode,
  type VariableDefinitionNode,
} from 'graphql';
import { entityGap, type EntityGap } from './gaps.js';

const REPRESENTATIONS = 'representations';

/** Fetches that ask one selection of a subgraph's entities, under one response key. */
export type EntityPart = {
  /** The response key of its `_entities` field. */
  readonly key: string;
  /** The variable its representations travel in. */
  readonly variable: string;
  readonly gap: EntityGap;
  readonly fetches: readonly FetchNode[];
};

export type EntityDocument = { readonly query: string; readonly parts: readonly EntityPart[] };

/** Whether a fetch may travel with others: fragment definitions of several documents would have to be told apart. */
export function canTravelTogether(fetch: FetchNode): boolean {
  return Boolean(fetch.requires) && operationOf(fetch).length === 1;
}

/**
 * Puts fetches from one subgraph into one document: `_entities` once for each different selection, each with
 * representations of its own.
 */
export function entityDocument(fetches: readonly FetchNode[]): EntityDocument {
  const [first] = fetches;
  if (fetches.length === 1 && first) {
    const gap = entityGap(entitiesField(operationOf(first)[0]));
    return {
      query: first.operation,
      parts: [{ key: '_entities', variable: REPRESENTATIONS, gap, fetches }],
    };
  }
  return joined(fetches);
}

function joined(fetches: readonly FetchNode[]): EntityDocument {
  const prefix = freePrefix(fetches);
  const parts = new Map<string, EntityPart & { fetches: FetchNode[]; field: FieldNode }>();
  const variables = new Map<string, VariableDefinitionNode>();
  for (const fetch of fetches) {
    const [operation] = operationOf(fetch);
    const field = entitiesField(operation);
    const selection = [
      print(field),
      JSON.stringify(fetch.inputRewrites),
      JSON.stringify(fetch.outputRewrites),
    ];
    const same = parts.get(selection.join());
    if (same) {
      same.fetches.push(fetch);
      continue;
    }
    const key = `${prefix}${parts.size}`;
    const part = {
      key,
      variable: key,
      gap: entityGap(field),
      fetches: [fetch],
      field: renamedField(field, key),
    };
    parts.set(selection.join(), part);
    for (const definition of operation?.variableDefinitions ?? []) {
      const isOwn = definition.variable.name.value === REPRESENTATIONS;
      const named = isOwn ? withVariable(definition, key) : definition;
      variables.set(named.variable.name.value, named);
    }
  }
  const [operation] = fetches.flatMap(operationOf);
  const all = [...parts.values()];
  const document = {
    kind: Kind.OPERATION_DEFINITION,
    operation: operation?.operation,
    name: operation?.name,
    directives: operation?.directives,
    variableDefinitions: [...variables.values()],
    selectionSet: { kind: Kind.SELECTION_SET, selections: all.map(({ field }) => field) },
  } as OperationDefinitionNode;
  return { query: print(document), parts: all };
}

/** The field with its representations in a variable of that name, under an alias of that name. */
function renamedField(field: FieldNode, name: string): FieldNode {
  return { ...withVariable(field, name), alias: nameNode(name) };
}

/** The same with `$representations` under another name. */
function withVariable<Node extends FieldNode | VariableDefinitionNode>(node: Node, name: string): Node {
  return visit<Node>(node, {
    Variable: (variable) =>
      variable.name.value === REPRESENTATIONS ? { ...variable, name: nameNode(name) } : undefined,
  });
}

function nameNode(value: string): NameNode {
  return { kind: Kind.NAME, value };
}

/** Clients name variables freely. */
function freePrefix(fetches: readonly FetchNode[]): string {
  const used = fetches.flatMap(({ variableUsages = [] }) => variableUsages);
  let prefix = 'entities_';
  while (used.some((name) => name.startsWith(prefix))) prefix += '_';
  return prefix;
}

function operationOf({ operation }: FetchNode): OperationDefinitionNode[] {
  const { definitions }: DocumentNode = parse(operation, { noLocation: true });
  return definitions as OperationDefinitionNode[];
}

function entitiesField(operation: OperationDefinitionNode | undefined): FieldNode {
  const [field] = operation?.selectionSet.selections ?? [];
  if (field?.kind !== Kind.FIELD) throw new TypeError('an entity fetch asks for _entities');
  return field;
}
