import {
  createSourceEventStream,
  execute,
  getOperationAST,
  OperationTypeNode,
  type GraphQLError,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
} from 'graphql';
import { ProofRefused, type Proof, type ProofVerifier } from '@storegraph/identity';
import { withCorrelation, type Logger } from '@storegraph/observability';
import { createDocumentReader } from './document-reader.js';
import { createDocumentRunner } from './document-runner.js';
import { mapEvents, once, until, withLastWord } from './event-stream.js';
import type { SubgraphRequest } from './link.js';
import { maskError, maskThrown } from './masking.js';
import { refusal } from './refusal.js';

/** What every request to a subgraph carries, whatever the domain. */
export type RequestContext = Omit<Proof, 'issuer'> & { readonly log: Logger };

/** How long the work for one event of a subscription may take: its proof's own deadline was for subscribing. */
const EVENT_MILLIS = 10_000; // ten seconds

type Prepared = { readonly proof: Proof; readonly document: DocumentNode };

export type Executor = {
  execute(request: SubgraphRequest): Promise<ExecutionResult>;
  subscribe(request: SubgraphRequest): Promise<AsyncIterableIterator<ExecutionResult>>;
};

/** Executes operations for callers that prove where they come from. */
export function createExecutor<Context extends RequestContext>(options: {
  schema: GraphQLSchema;
  verifyProof: ProofVerifier;
  createContext: (request: RequestContext) => Context;
  log: Logger;
}): Executor {
  const { schema, log } = options;
  const documentOf = createDocumentReader(schema);
  const runDocument = createDocumentRunner(schema);

  const prepare = (request: SubgraphRequest) =>
    admit(request, { verifyProof: options.verifyProof, documentOf });

  const contextOf = ({ issuer: _caller, ...request }: Proof): Context =>
    options.createContext({ ...request, log });

  /** Never rejects: what fails beside any field is masked like what fails in one. */
  const run = (proof: Proof, work: () => ExecutionResult | Promise<ExecutionResult>) =>
    withCorrelation(proof.correlationId, async () => {
      const masking = { log, correlationId: proof.correlationId };
      try {
        return masked(await work(), masking);
      } catch (error) {
        return { errors: [maskThrown(error, masking)] };
      }
    });

  return {
    async execute(request) {
      const prepared = await prepare(request);
      if (Array.isArray(prepared)) return { errors: prepared };
      const { proof, document } = prepared;
      if (isSubscription(document, request.operationName))
        return { errors: [refusal('BAD_USER_INPUT', 'Subscriptions are subscribed to, not executed.')] };
      return run(proof, () =>
        runDocument(document, {
          operationName: request.operationName,
          variables: request.variables,
          context: contextOf(proof),
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
      let source: AsyncIterable<unknown> | undefined;
      const refused = await run(proof, async () => {
        const opened = await createSourceEventStream({ ...operation, contextValue: contextOf(proof) });
        if (!(Symbol.asyncIterator in opened)) return opened;
        source = opened;
        return {};
      });
      if (!source) return once(refused);
      // Each event gets a context of its own: loaders must not remember the previous event's rows.
      const results = mapEvents(source, (rootValue) => {
        const current = { ...proof, deadlineAt: Date.now() + EVENT_MILLIS };
        return run(current, async () =>
          execute({ ...operation, rootValue, contextValue: contextOf(current) }),
        );
      });
      const told = withLastWord(results, (thrown) => ({
        errors: [maskThrown(thrown, { log, correlationId: proof.correlationId })],
      }));
      return until(request.signal, told);
    },
  };
}

/** The proof and the document of a request that may run, or why it may not. */
async function admit(
  request: SubgraphRequest,
  options: { verifyProof: ProofVerifier; documentOf: (query: string) => DocumentNode | GraphQLError[] },
): Promise<Prepared | GraphQLError[]> {
  try {
    const proof = await options.verifyProof(request.proof);
    if (request.signal?.aborted || proof.deadlineAt <= Date.now())
      return [refusal('DEADLINE_EXCEEDED', 'The caller no longer waits.')];
    const document = options.documentOf(request.query);
    return Array.isArray(document) ? document : { proof, document };
  } catch (error) {
    if (error instanceof ProofRefused)
      return [refusal('UNAUTHENTICATED', 'This service answers the gateway only.')];
    throw error;
  }
}

function isSubscription(document: DocumentNode, operationName: string | undefined): boolean {
  return getOperationAST(document, operationName)?.operation === OperationTypeNode.SUBSCRIPTION;
}

function masked(result: ExecutionResult, options: { log: Logger; correlationId: string }): ExecutionResult {
  if (!result.errors) return result;
  const masking = { ...options, reported: new Set<unknown>() };
  return { ...result, errors: result.errors.map((error) => maskError(error, masking)) };
}
