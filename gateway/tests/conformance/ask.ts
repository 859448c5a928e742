import { parse, validate, type ExecutionResult } from 'graphql';
import { ANONYMOUS, createProofSigner } from '@storegraph/identity';
import { createContext, type GatewayContext } from '../../src/context.js';
import { createEngine, type Engine } from '../../src/execution/engine.js';
import type { CreatePlanExecutor } from '../../src/execution/plan-executor.js';
import type { SubgraphFetch } from '../../src/fetching/subgraph-fetch.js';
import { loadSupergraph } from '../../src/supergraph/load-supergraph.js';
import { runOperation } from '../run-operation.js';
import { composeTiny, serveTiny, type TinySubgraph } from './subgraph.js';

export type Asked = {
  /** The answer as a client reads it: parsed from its JSON text. */
  readonly result: ExecutionResult;
  /** Every fetch that was made for it, in order. */
  readonly fetches: readonly SubgraphFetch[];
};

export type TinyGraph = (query: string, variables?: Readonly<Record<string, unknown>>) => Promise<Asked>;

/** Composes the subgraphs and answers operations with the gateway's engine, in this process. */
export function openTinyGraph(
  subgraphs: readonly TinySubgraph[],
  createExecutor: CreatePlanExecutor,
): TinyGraph {
  const servers = new Map(subgraphs.map((subgraph) => [subgraph.name, serveTiny(subgraph)]));
  const fetchesOf = new WeakMap<GatewayContext, SubgraphFetch[]>();
  const engine = createEngine(
    loadSupergraph(composeTiny(subgraphs)),
    async (fetch, context) => {
      fetchesOf.get(context)?.push(fetch);
      const server = servers.get(fetch.subgraph);
      if (!server) throw new Error(`nobody should ask ${fetch.subgraph}`);
      return server(fetch.query, fetch.variables);
    },
    { createExecutor },
  );
  return async (query, variables) => {
    const context = guestContext();
    const fetches: SubgraphFetch[] = [];
    fetchesOf.set(context, fetches);
    const result = await answer(engine, context, { query, variables });
    return { result, fetches };
  };
}

async function answer(
  engine: Engine,
  context: GatewayContext,
  { query, variables }: { query: string; variables?: Readonly<Record<string, unknown>> | undefined },
): Promise<ExecutionResult> {
  const document = parse(query);
  const invalid = validate(engine.schema, document);
  if (invalid.length > 0) throw new Error(invalid.map(({ message }) => message).join('\n'));
  const result = await runOperation(engine, { document, variables }, context);
  return JSON.parse(JSON.stringify(result)) as ExecutionResult;
}

export function guestContext(): GatewayContext {
  return createContext({
    viewer: ANONYMOUS,
    device: { address: null, userAgent: null },
    correlationId: 'conformance',
    timeoutMillis: Number.POSITIVE_INFINITY,
    signProof: createProofSigner({ issuer: 'gateway', key: 'nobody-asks-for-a-proof-in-these-tests' }),
  });
}
