import { operationFromDocument } from '@apollo/federation-internals';
import { QueryPlanner, type QueryPlan } from '@apollo/query-planner';
import { print, type DocumentNode } from 'graphql';
import type { LoadedSupergraph } from '../supergraph/load-supergraph.js';

export type Planner = {
  /** The plan of a document with one operation. Planning blocks the thread: limits come first. */
  plan(document: DocumentNode): QueryPlan;
};

const REMEMBERED_PLANS = 1_000;

/**
 * Plans operations and remembers the plans by the operation's printed text. Planning is synchronous, so requests that
 * wait for the same cold plan find it made when their turn comes.
 */
export function createPlanner({ supergraph, apiSchema }: LoadedSupergraph): Planner {
  const planner = new QueryPlanner(supergraph);
  const plans = new Map<string, QueryPlan>();

  return {
    plan(document) {
      const text = print(document);
      const plan = plans.get(text) ?? planner.buildQueryPlan(operationFromDocument(apiSchema, document));
      plans.delete(text);
      plans.set(text, plan);
      if (plans.size > REMEMBERED_PLANS) plans.delete(plans.keys().next().value ?? '');
      return plan;
    },
  };
}
