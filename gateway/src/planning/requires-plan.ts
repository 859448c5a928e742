import type { FetchNode, FlattenNode, PlanNode, QueryPlan, SubscriptionNode } from '@apollo/query-planner';
import { restoreFetch } from './requires-fetch.js';
import type { SeparatedSupergraph } from './requires-supergraph.js';

/**
 * Turns a plan made over a separated supergraph into one that subgraphs understand: they are asked for
 * `required__0__price: price(currency: "EUR")`, and representations say `price` again. A fetch whose representations
 * would have to say two different things under one name becomes several, side by side.
 */
export function restorePlan(plan: QueryPlan, separated: SeparatedSupergraph): QueryPlan {
  if (!plan.node) return plan;
  const { node } = plan;
  return {
    ...plan,
    node: node.kind === 'Subscription' ? subscription(node, separated) : restore(node, separated),
  };
}

function subscription(node: SubscriptionNode, separated: SeparatedSupergraph): SubscriptionNode {
  const [primary = node.primary] = restoreFetch(node.primary, separated);
  return { ...node, primary, ...(node.rest ? { rest: restore(node.rest, separated) } : {}) };
}

function restore(node: PlanNode, separated: SeparatedSupergraph): PlanNode {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return { ...node, nodes: node.nodes.map((one) => restore(one, separated)) };
    case 'Flatten':
      return node.node.kind === 'Fetch'
        ? sideBySide(restoreFetch(node.node, separated).map((fetch) => ({ ...node, node: fetch })))
        : { ...node, node: restore(node.node, separated) };
    case 'Fetch':
      return sideBySide(restoreFetch(node, separated));
    case 'Condition':
      return {
        ...node,
        ...(node.ifClause ? { ifClause: restore(node.ifClause, separated) } : {}),
        ...(node.elseClause ? { elseClause: restore(node.elseClause, separated) } : {}),
      };
    case 'Defer':
      return node; // never planned: @defer is not in the schema
  }
}

function sideBySide(nodes: (FetchNode | FlattenNode)[]): PlanNode {
  const [only] = nodes;
  return only && nodes.length === 1 ? only : { kind: 'Parallel', nodes };
}
