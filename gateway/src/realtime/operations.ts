import type { ExecutionResult, GraphQLError, GraphQLFormattedError } from 'graphql';
import type { ClientDevice, ProofSigner, Viewer } from '@storegraph/identity';
import { newCorrelationId, type Logger } from '@storegraph/observability';
import { refusal, type SubgraphLink } from '@storegraph/subgraph-server';
import { createContext, type GatewayContext } from '../context.js';
import type { Documents } from '../documents/find-document.js';
import type { Engine, ReadyOperation } from '../execution/engine.js';
import { asGraphqlError, toAnswerErrors } from '../http/answer-errors.js';
import type { GraphqlParams } from '../http/graphql-params.js';
import type { Identity } from '../identity/authenticate.js';
import type { RecordOperation } from '../insight/record-operation.js';
import { watchSubscription } from '../insight/watch-subscriptions.js';
import type { AcceptDocument } from '../limits/accept-document.js';
import type { Guard } from '../limits/guard.js';
import { clientAnswer } from './client-text.js';
import { createLiveEvents, type AnswerText } from './live-events.js';
import type { RealtimeLimits } from './realtime-limits.js';
import type { TraitsOf } from './subscription-traits.js';

/** Who asks, and over what. */
export type Caller = {
  readonly identity: Identity;
  readonly device: ClientDevice;
  readonly transport: 'websocket' | 'sse';
  /** The name of the API key the client showed. */
  readonly apiKey?: string | undefined;
  /** The correlation id the client knows its operation by, if it has one. */
  readonly correlationId?: string;
};

/** Where the answers of one operation go. After `refuse` or `complete`, nothing more comes. */
export type Sink = {
  next(answer: AnswerText): void;
  /** The operation did not begin, or broke. */
  refuse(errors: readonly GraphQLFormattedError[]): void;
  complete(): void;
};

/** Starts an operation of any kind. What it returns stops it: the sink hears nothing afterwards. */
export type StartOperation = (caller: Caller, params: GraphqlParams, sink: Sink) => () => void;

export type OperationsOptions = {
  readonly engine: Engine;
  readonly documents: Documents;
  readonly traitsOf: TraitsOf;
  readonly acceptDocument: AcceptDocument;
  readonly guard: Guard;
  readonly signProof: ProofSigner;
  readonly timeoutMillis: number;
  readonly link: (subgraph: string) => SubgraphLink | undefined;
  readonly limits: RealtimeLimits;
  readonly log: Logger;
  readonly record: RecordOperation;
};

/** Runs what live transports ask for, with the same checks as over HTTP. */
export function createOperations(options: OperationsOptions): StartOperation {
  const { engine, log } = options;
  const live = createLiveEvents({
    ...options,
    // What is shared between devices is done for none of them.
    contextFor: (viewer, correlationId) =>
      contextOf({ viewer, device: { address: null, userAgent: null }, correlationId }, options),
    waitingEvents: options.limits.waitingEvents,
  });

  return (caller, params, sink) => {
    let isStopped = false;
    let leave: (() => void) | null = null;
    const startedAt = performance.now();
    const { device, identity, transport, apiKey, correlationId = newCorrelationId() } = caller;
    const masking = { log, correlationId };
    const refuse = (errors: readonly GraphQLError[]) => sink.refuse(toAnswerErrors(errors, masking));

    const start = async (): Promise<void> => {
      const context = contextOf({ viewer: current(identity), device, apiKey, correlationId }, options);
      const ready = await accept(params, context, options);
      if (isStopped) return;
      const record = (result: ExecutionResult) =>
        options.record({
          operation: ready.prepared.operation.name?.value,
          kind: ready.prepared.kind,
          transport,
          context,
          startedAt,
          codes: (result.errors ?? []).map(({ extensions }) => String(extensions['code'])),
        });
      if (ready.prepared.kind === 'subscription') {
        record({});
        leave = watchSubscription<AnswerText>(
          transport,
          (listener) => live.listen(ready, context.viewer, listener),
          {
            next: (answer) => sink.next(answer),
            end: (errors) => (errors ? refuse(errors) : sink.complete()),
          },
        );
        return;
      }
      const result = await engine.run(ready, context);
      record(result);
      if (isStopped) return;
      sink.next(clientAnswer(result, masking));
      sink.complete();
    };

    start().catch((error: unknown) => {
      if (!isStopped) refuse(errorsIn(error));
    });
    return () => {
      isStopped = true;
      leave?.();
    };
  };
}

/** Every check before anything is asked of a subgraph. @throws {Refused} */
async function accept(
  params: GraphqlParams,
  context: GatewayContext,
  { documents, acceptDocument, engine, guard }: OperationsOptions,
): Promise<ReadyOperation> {
  guard.requireOpen(context.bill);
  const found = await documents.find(params);
  const document = acceptDocument(found.source);
  if (!('kind' in document)) {
    guard.chargeRefusal(context.bill);
    throw new Refused(document);
  }
  documents.register(found);
  const { operationName, variables } = params;
  const ready = engine.ready({ document, operationName, variables }, context);
  await guard.settle(context.bill);
  if ('planned' in ready) return ready;
  // Variables of the wrong type are the client's mistake.
  throw new Refused((ready.errors ?? []).map(({ message }) => refusal('BAD_USER_INPUT', message)));
}

/** Several reasons why an operation may not run. */
class Refused extends Error {
  override readonly name = 'Refused';

  constructor(readonly errors: readonly GraphQLError[]) {
    super('refused');
  }
}

function errorsIn(thrown: unknown): readonly GraphQLError[] {
  if (thrown instanceof Refused) return thrown.errors;
  return [asGraphqlError(thrown)];
}

/** @throws {GraphQLError} `UNAUTHENTICATED` when what the caller showed holds no longer */
function current({ viewer, expiresAt }: Identity): Viewer {
  if (expiresAt !== null && expiresAt <= Date.now())
    throw refusal('UNAUTHENTICATED', 'Your session has expired.');
  return viewer;
}

function contextOf(
  who: { viewer: Viewer; device: ClientDevice; apiKey?: string | undefined; correlationId: string },
  { timeoutMillis, signProof }: OperationsOptions,
): GatewayContext {
  return createContext({ ...who, timeoutMillis, signProof });
}
