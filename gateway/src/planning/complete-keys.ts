import type { FetchNode, PlanNode, QueryPlan, QueryPlanSelectionNode } from '@apollo/query-planner';
import { Kind, type DocumentNode } from 'graphql';

type Selections = readonly QueryPlanSelectionNode[];

/**
 * Mends a plan over interface objects. The planner may have an entity fetch require the key of a `Book` and, apart from
 * it, a field of any `Item`; then a `Film` would be sent without a key, and its subgraph refuses all of them together.
 * What is required of any item is asked of those that have a key.
 */
export function createCompleteKeys(supergraph: DocumentNode): (plan: QueryPlan) => QueryPlan {
  const { keys, interfaces } = interfaceObjects(supergraph);
  if (interfaces.size === 0) return (plan) => plan;

  const isKeyed = (selections: Selections): boolean =>
    selections.some((one) => one.kind === 'Field' && keys.has(one.name));
  const isLoose = (one: QueryPlanSelectionNode): boolean =>
    one.kind === 'InlineFragment' && interfaces.has(one.typeCondition ?? '') && !isKeyed(one.selections);
  const completed = (requires: Selections): QueryPlanSelectionNode[] => {
    const loose = requires.filter(isLoose).flatMap(({ selections = [] }) => selections);
    const others = requires.filter((one) => !isLoose(one));
    if (others.length === 0) return [...requires];
    return others.map((one) => ({ ...one, selections: together(one.selections ?? [], loose) }));
  };
  const fetch = (node: FetchNode): FetchNode =>
    node.requires ? { ...node, requires: completed(node.requires) } : node;
  const mend = (node: PlanNode): PlanNode => {
    if (node.kind === 'Sequence' || node.kind === 'Parallel') return { ...node, nodes: node.nodes.map(mend) };
    if (node.kind === 'Flatten') return { ...node, node: mend(node.node) };
    if (node.kind === 'Fetch') return fetch(node);
    if (node.kind !== 'Condition') return node;
    const { ifClause, elseClause } = node;
    return {
      ...node,
      ...(ifClause ? { ifClause: mend(ifClause) } : {}),
      ...(elseClause ? { elseClause: mend(elseClause) } : {}),
    };
  };
  return (plan) => {
    const { node } = plan;
    if (!node) return plan;
    if (node.kind !== 'Subscription') return { ...plan, node: mend(node) };
    return { ...plan, node: { ...node, ...(node.rest ? { rest: mend(node.rest) } : {}) } };
  };
}

function together(selections: Selections, more: Selections): QueryPlanSelectionNode[] {
  const names = new Set(selections.map((one) => (one.kind === 'Field' ? one.name : '')));
  return [...selections, ...more.filter((one) => one.kind !== 'Field' || !names.has(one.name))];
}

/** The interfaces some subgraph knows as an object, and the names of all key fields. */
function interfaceObjects({ definitions }: DocumentNode) {
  const keys = new Set<string>();
  const interfaces = new Set<string>();
  for (const definition of definitions) {
    if (definition.kind !== Kind.INTERFACE_TYPE_DEFINITION && definition.kind !== Kind.OBJECT_TYPE_DEFINITION)
      continue;
    const joined = definition.directives?.filter(({ name }) => name.value === 'join__type') ?? [];
    for (const { name, value } of joined.flatMap((directive) => directive.arguments ?? [])) {
      if (name.value === 'isInterfaceObject') interfaces.add(definition.name.value);
      if (name.value === 'key' && value.kind === Kind.STRING)
        for (const field of value.value.split(/[\s{}]+/)) keys.add(field);
    }
  }
  return { keys, interfaces };
}
