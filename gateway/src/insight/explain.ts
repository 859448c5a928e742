import type { FetchNode, PlanNode, QueryPlan, SubscriptionNode } from '@apollo/query-planner';
import type { ExecutionResult } from 'graphql';
import type { Engine } from '../execution/engine.js';
import type { OperationInsight } from './operation-insight.js';
import { entityTypes, planText } from './plan-text.js';

/** A plan as staff read it: who is asked what, in which order and shape. */
export type ExplainedPlan =
  | { readonly kind: 'sequence' | 'parallel'; readonly steps: readonly ExplainedPlan[] }
  | {
      readonly kind: 'fetch';
      readonly subgraph: string;
      readonly query: string;
      /** Names of the variables it is sent. */
      readonly variables: readonly string[];
      /** Types it completes; none for root fields. */
      readonly entities: readonly string[];
      /** Where in the answer they stand, `@` for each item of a list. */
      readonly path?: string;
    }
  | {
      readonly kind: 'condition';
      readonly variable: string;
      readonly then?: ExplainedPlan;
      readonly else?: ExplainedPlan;
    }
  | { readonly kind: 'subscription'; readonly primary: ExplainedPlan; readonly rest?: ExplainedPlan };

/** Answers tell their plan and their times to those who asked for them and may know. */
export function explainAnswers(engine: Engine): Engine {
  return {
    ...engine,
    run: (ready, context, event) =>
      context.insight.isExplained
        ? engine.run(ready, context, event).then((result) => explained(result, context.insight))
        : engine.run(ready, context, event),
  };
}

function explained(result: ExecutionResult, insight: OperationInsight): ExecutionResult {
  const { operation, fetches, startedAt } = insight;
  if (!operation) return result;
  return {
    ...result,
    extensions: {
      ...result.extensions,
      queryPlan: { text: planText(operation.plan), node: explainPlan(operation.plan) },
      timings: {
        totalMillis: rounded(performance.now() - startedAt),
        fetches: fetches.map((fetch) => ({
          ...fetch,
          startMillis: rounded(fetch.startMillis),
          durationMillis: rounded(fetch.durationMillis),
        })),
      },
    },
  };
}

export function explainPlan({ node }: QueryPlan): ExplainedPlan | null {
  return node ? explainNode(node) : null;
}

function explainNode(node: PlanNode | SubscriptionNode, path?: string): ExplainedPlan {
  switch (node.kind) {
    case 'Fetch':
      return explainFetch(node, path);
    case 'Flatten':
      return explainNode(node.node, node.path.join('.'));
    case 'Sequence':
      return { kind: 'sequence', steps: node.nodes.map((step) => explainNode(step, path)) };
    case 'Parallel':
      return { kind: 'parallel', steps: node.nodes.map((step) => explainNode(step, path)) };
    case 'Condition':
      return {
        kind: 'condition',
        variable: node.condition,
        ...(node.ifClause ? { then: explainNode(node.ifClause, path) } : {}),
        ...(node.elseClause ? { else: explainNode(node.elseClause, path) } : {}),
      };
    case 'Subscription':
      return {
        kind: 'subscription',
        primary: explainNode(node.primary),
        ...(node.rest ? { rest: explainNode(node.rest) } : {}),
      };
    case 'Defer':
      throw new TypeError('the planner makes no deferred plans');
  }
}

function explainFetch(fetch: FetchNode, path: string | undefined): ExplainedPlan {
  return {
    kind: 'fetch',
    subgraph: fetch.serviceName,
    query: fetch.operation,
    variables: fetch.variableUsages ?? [],
    entities: entityTypes(fetch),
    ...(path === undefined ? {} : { path }),
  };
}

/** Tenths of a millisecond: finer is noise. */
export function rounded(millis: number): number {
  return Math.round(millis * 10) / 10;
}
