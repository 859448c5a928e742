import type { DocumentNode, ExecutionResult } from 'graphql';
import type { SubscriptionNode } from '@apollo/query-planner';
import { scopesOf, type Viewer } from '@storegraph/identity';
import { createEngine } from '../../src/execution/engine.js';
import type { LoadedSupergraph } from '../../src/supergraph/load-supergraph.js';
import { guestContext } from '../conformance/ask.js';
import { EXECUTORS } from '../executors.js';
import { seen, type Seen } from './compare.js';

/** Somebody from whom nothing is withheld. */
const OWNER: Viewer = {
  kind: 'user',
  id: 'id-1',
  role: 'admin',
  scopes: scopesOf('admin'),
  sessionId: 'session-1',
  sellerId: 'id-1',
};

export type AskSubgraph = (
  subgraph: string,
  query: string,
  variables: Readonly<Record<string, unknown>>,
) => Promise<ExecutionResult>;

export type Operation = {
  readonly document: DocumentNode;
  readonly operationName?: string;
  readonly variables: Readonly<Record<string, unknown>>;
};

/** Plans an operation once and runs the plan with every executor. Of a subscription, one event is completed. */
export function answerEverywhere(
  supergraph: LoadedSupergraph,
  ask: AskSubgraph,
): (operation: Operation) => Promise<ReadonlyMap<string, Seen>> {
  const engines = EXECUTORS.map(([name, createExecutor]) => {
    const engine = createEngine(
      supergraph,
      ({ subgraph, query, variables = {} }) => ask(subgraph, query, variables),
      { createExecutor },
    );
    return { name, engine };
  });
  const planner = engines[0]?.engine;

  return async (operation) => {
    const answers = new Map<string, Seen>();
    const context = { ...guestContext(), viewer: OWNER };
    const ready = planner?.ready(operation, context);
    if (!ready || !('planned' in ready)) throw new Error(`it cannot run: ${JSON.stringify(ready?.errors)}`);
    const { node } = ready.planned.plan;
    for (const { name, engine } of engines) {
      const event = node?.kind === 'Subscription' ? await firstEvent(node, ask, ready.variables) : undefined;
      answers.set(name, seen(await engine.run(ready, context, event)));
    }
    return answers;
  };
}

/** What the subgraph of a subscription says first. */
function firstEvent(
  { primary }: SubscriptionNode,
  ask: AskSubgraph,
  variables: Readonly<Record<string, unknown>>,
): Promise<ExecutionResult> {
  const used = (primary.variableUsages ?? []).filter((name) => variables[name] !== undefined);
  return ask(
    primary.serviceName,
    primary.operation,
    Object.fromEntries(used.map((name) => [name, variables[name]])),
  );
}
