import {
  createSourceEventStream,
  execute,
  GraphQLError,
  parse,
  validate,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
} from 'graphql';
import { ProofRefused, type Proof, type ProofVerifier } from '@storegraph/identity';
import { withCorrelation, type Logger } from '@storegraph/observability';
import { mapEvents, once } from './event-stream.js';
import type { SubgraphRequest } from './link.js';
import { maskError } from './masking.js';
import { refusal } from './refusal.js';

/** What every request to a subgraph carries, whatever the domain. */
export type RequestContext = Omit<Proof, 'issuer'> & { readonly log: Logger };

const REMEMBERED_DOCUMENTS = 1_000;

export type Executor = {
  execute(request: SubgraphRequest): Promise<ExecutionResult>;
  subscribe(request: SubgraphRequest): Promise<AsyncIterableIterator<ExecutionResult>>;
};

/**
 * Executes operations for callers that prove where they come from. Documents are parsed and validated once:
 * the gateway's planner repeats them.
 */
export function createExecutor<Context extends RequestContext>(options: {
  schema: GraphQLSchema;
  verifyProof: ProofVerifier;
  createContext: (request: RequestContext) => Context;
  log: Logger;
}): Executor {
  const { schema, log } = options;
  const documents = new Map<string, DocumentNode | GraphQLError[]>();

  const prepare = async (
    request: SubgraphRequest,
  ): Promise<{ proof: Proof; document: DocumentNode } | GraphQLError[]> => {
    try {
      const proof = await options.verifyProof(request.proof);
      const document =
        documents.get(request.query) ?? remember(documents, request.query, read(schema, request.query));
      return Array.isArray(document) ? document : { proof, document };
    } catch (error) {
      if (error instanceof ProofRefused)
        return [refusal('UNAUTHENTICATED', 'This service answers the gateway only.')];
      throw error;
    }
  };

  const contextOf = ({ issuer: _caller, ...request }: Proof): Context =>
    options.createContext({ ...request, log });

  const run = (proof: Proof, work: () => Promise<ExecutionResult>): Promise<ExecutionResult> =>
    withCorrelation(proof.correlationId, async () =>
      masked(await work(), { log, correlationId: proof.correlationId }),
    );

  return {
    async execute(request) {
      const prepared = await prepare(request);
      if (Array.isArray(prepared)) return { errors: prepared };
      const { proof, document } = prepared;
      if (proof.deadlineAt <= Date.now())
        return { errors: [refusal('DEADLINE_EXCEEDED', 'The caller no longer waits.')] };
      return run(proof, async () =>
        execute({
          schema,
          document,
          contextValue: contextOf(proof),
          variableValues: request.variables,
          operationName: request.operationName,
        }),
      );
    },

    async subscribe(request) {
      const prepared = await prepare(request);
      if (Array.isArray(prepared)) return once({ errors: prepared });
      const { proof, document } = prepared;
      const operation = {
        schema,
        document,
        variableValues: request.variables,
        operationName: request.operationName,
      };
      const source = await withCorrelation(proof.correlationId, () =>
        createSourceEventStream({ ...operation, contextValue: contextOf(proof) }),
      );
      if (!(Symbol.asyncIterator in source))
        return once(masked(source, { log, correlationId: proof.correlationId }));
      // Each event gets a context of its own: loaders must not remember the previous event's rows.
      return mapEvents(source, (rootValue) =>
        run(proof, async () => execute({ ...operation, rootValue, contextValue: contextOf(proof) })),
      );
    },
  };
}

function read(schema: GraphQLSchema, query: string): DocumentNode | GraphQLError[] {
  try {
    const document = parse(query, { maxTokens: 50_000 });
    const errors = validate(schema, document);
    return errors.length > 0
      ? errors.map((error) => refusal('GRAPHQL_VALIDATION_FAILED', error.message))
      : document;
  } catch (error) {
    if (error instanceof GraphQLError) return [refusal('GRAPHQL_PARSE_FAILED', error.message)];
    throw error;
  }
}

function remember<Value>(cache: Map<string, Value>, key: string, value: Value): Value {
  if (cache.size >= REMEMBERED_DOCUMENTS) cache.delete(cache.keys().next().value ?? '');
  cache.set(key, value);
  return value;
}

function masked(result: ExecutionResult, options: { log: Logger; correlationId: string }): ExecutionResult {
  if (!result.errors) return result;
  return { ...result, errors: result.errors.map((error) => maskError(error, options)) };
}
