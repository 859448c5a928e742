import type { FetchNode, PlanNode, QueryPlan, SubscriptionNode } from '@apollo/query-planner';
import { Kind, parse } from 'graphql';

type Node = PlanNode | SubscriptionNode;

/**
 * A plan on one line: who is asked for what, in which order. It names fields, types and paths, and nothing a client
 * could have written a value into.
 *
 * @example catalog{products} → (reviews[Product] at products.@ | media[Product] at products.@)
 */
export function planText({ node }: QueryPlan): string {
  return node ? textOf(node) : 'nothing to ask';
}

function textOf(node: Node): string {
  switch (node.kind) {
    case 'Fetch':
      return fetchText(node);
    case 'Flatten':
      return `${textOf(node.node)} at ${node.path.join('.')}`;
    case 'Sequence':
      return node.nodes.map(textOf).join(' → ');
    case 'Parallel':
      return `(${node.nodes.map(textOf).join(' | ')})`;
    case 'Condition':
      return `[if $${node.condition}: ${branchText(node.ifClause)}, else: ${branchText(node.elseClause)}]`;
    case 'Subscription':
      return [textOf(node.primary), ...(node.rest ? [textOf(node.rest)] : [])].join(' ⇒ ');
    case 'Defer':
      return [node.primary.node, ...node.deferred.map((one) => one.node)].map(branchText).join(' … ');
  }
}

function branchText(node: PlanNode | undefined): string {
  return node ? textOf(node) : 'nothing';
}

function fetchText(fetch: FetchNode): string {
  const entities = entityTypes(fetch);
  return entities.length > 0
    ? `${fetch.serviceName}[${entities.join(', ')}]`
    : `${fetch.serviceName}{${rootFields(fetch).join(', ')}}`;
}

/** The types a fetch completes; none for a fetch of root fields. */
export function entityTypes({ requires = [] }: FetchNode): string[] {
  const types = requires.flatMap((one) =>
    one.kind === Kind.INLINE_FRAGMENT && one.typeCondition ? [one.typeCondition] : [],
  );
  return [...new Set(types)];
}

export function rootFields({ operation }: FetchNode): string[] {
  return parse(operation, { noLocation: true }).definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION
      ? definition.selectionSet.selections.flatMap((one) => (one.kind === Kind.FIELD ? [one.name.value] : []))
      : [],
  );
}
