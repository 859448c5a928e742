import { GraphQLError, type ExecutionArgs, type ExecutionResult } from 'graphql';
import type { Context, ServerOptions, SubscribePayload } from 'graphql-ws';
import type { ClientDevice, ProofSigner } from '@storegraph/identity';
import { newCorrelationId, withCorrelation, type Logger } from '@storegraph/observability';
import { refusal, type SubgraphLink } from '@storegraph/subgraph-server';
import { createContext, type GatewayContext } from '../context.js';
import type { Engine, ReadyOperation } from '../execution/engine.js';
import { toAnswerErrors } from '../http/answer-errors.js';
import { recordOperation } from '../http/operation-log.js';
import type { Authenticate, Identity } from '../identity/authenticate.js';
import type { AcceptDocument } from '../limits/accept-document.js';
import { subscribe } from './subscribe.js';

/** What the protocol knows of one socket. */
export type SocketState = {
  readonly authorization: string | undefined;
  readonly device: ClientDevice;
  identity: Identity | null;
  /** Ends the socket; the code is one of `CloseCodes`. */
  readonly close: (code: number, reason: string) => void;
};

export type RealtimeOptions = {
  readonly engine: Engine;
  readonly acceptDocument: AcceptDocument;
  readonly authenticate: Authenticate;
  readonly signProof: ProofSigner;
  readonly timeoutMillis: number;
  readonly link: (subgraph: string) => SubgraphLink | undefined;
  readonly log: Logger;
};

/** Close codes of our own; the others are the protocol's (GraphQL over WebSocket). */
export const CLOSE = { expired: 4403, slowReader: 4413 } as const;

const OPERATIONS_PER_SOCKET = 50;
const INIT_WITHIN_MILLIS = 5_000; // five seconds

type SocketContext = Context<Record<string, unknown>, SocketState>;
type OperationArgs = ExecutionArgs & {
  contextValue: { ready: ReadyOperation; context: GatewayContext; state: SocketState };
};
type Hooks = ServerOptions<Record<string, unknown>, SocketState>;

/** The gateway's side of graphql-transport-ws: the same checks as over HTTP, for every operation of a socket. */
export function realtimeOperations(options: RealtimeOptions): Hooks {
  const { log } = options;
  return {
    connectionInitWaitTimeout: INIT_WITHIN_MILLIS,
    onConnect: (socket) => connect(socket, options),
    onSubscribe: (socket, _id, payload) => accept(socket, payload, options),
    execute: (args) => execute(args as OperationArgs, options),
    subscribe: (args) => start(args as OperationArgs, options),
    onNext: (...[, , , , { errors, ...result }]) =>
      errors ? { ...result, errors: toAnswerErrors(errors, log).map(asError) } : undefined,
    onError: (...[, , , errors]) =>
      toAnswerErrors(
        errors.map((error) => (error instanceof GraphQLError ? error : asError(error))),
        log,
      ),
  };
}

/** A bad token is refused (4403); none at all makes a guest. */
async function connect(socket: SocketContext, { authenticate }: RealtimeOptions): Promise<boolean> {
  const params = socket.connectionParams ?? {};
  const given = params['authorization'] ?? params['Authorization'];
  try {
    const identity = await authenticate(typeof given === 'string' ? given : socket.extra.authorization);
    socket.extra.identity = identity;
    closeWhenExpired(socket.extra, identity);
    return true;
  } catch (error) {
    if (error instanceof GraphQLError) return false;
    throw error;
  }
}

function closeWhenExpired({ close }: SocketState, { expiresAt }: Identity): void {
  if (expiresAt === null) return;
  setTimeout(() => close(CLOSE.expired, 'Token expired'), expiresAt - Date.now()).unref();
}

function accept(
  socket: SocketContext,
  payload: SubscribePayload,
  options: RealtimeOptions,
): OperationArgs | readonly GraphQLError[] {
  const state = socket.extra;
  if (Object.keys(socket.subscriptions).length > OPERATIONS_PER_SOCKET)
    return [
      refusal('RATE_LIMITED', `A socket carries at most ${OPERATIONS_PER_SOCKET} operations at a time.`),
    ];
  const document = options.acceptDocument(payload.query);
  if (!('kind' in document)) return document;
  try {
    const context = contextFor(state, options);
    const request = {
      document,
      operationName: payload.operationName ?? undefined,
      variables: payload.variables ?? undefined,
    };
    const ready = options.engine.ready(request, context);
    if (!('planned' in ready)) return asBadInput(ready);
    return {
      schema: options.engine.schema,
      document: ready.prepared.document,
      contextValue: { ready, context, state },
    };
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
}

/** Variables of the wrong type are the client's mistake. */
function asBadInput({ errors = [] }: ExecutionResult): readonly GraphQLError[] {
  return errors.map((error) => refusal('BAD_USER_INPUT', error.message));
}

async function execute(
  { contextValue }: OperationArgs,
  { engine, log }: RealtimeOptions,
): Promise<ExecutionResult> {
  const { ready, context } = contextValue;
  const startedAt = performance.now();
  return withCorrelation(context.correlationId, async () => {
    const result = await engine.run(ready, context);
    record(ready, context, { startedAt, result, log });
    return result;
  });
}

async function start({ contextValue }: OperationArgs, options: RealtimeOptions) {
  const { ready, context, state } = contextValue;
  const startedAt = performance.now();
  return withCorrelation(context.correlationId, async () => {
    const results = await subscribe(ready, {
      ...options,
      contextForEvent: () => contextFor(state, options, context.correlationId),
      onSlowReader: () => state.close(CLOSE.slowReader, 'Reading too slowly'),
    });
    record(ready, context, { startedAt, result: {}, log: options.log });
    return results;
  });
}

function contextFor(state: SocketState, options: RealtimeOptions, correlationId?: string): GatewayContext {
  const { identity } = state;
  if (!identity || (identity.expiresAt !== null && identity.expiresAt <= Date.now()))
    throw refusal('UNAUTHENTICATED', 'Your session has expired.');
  return createContext({
    viewer: identity.viewer,
    device: state.device,
    correlationId: correlationId ?? newCorrelationId(),
    timeoutMillis: options.timeoutMillis,
    signProof: options.signProof,
  });
}

function record(
  { prepared }: ReadyOperation,
  context: GatewayContext,
  { startedAt, result, log }: { startedAt: number; result: ExecutionResult; log: Logger },
): void {
  recordOperation(
    {
      operation: prepared.operation.name?.value,
      kind: prepared.kind,
      transport: 'websocket',
      context,
      startedAt,
      codes: (result.errors ?? []).map(({ extensions }) => String(extensions['code'])),
    },
    log,
  );
}

function asError({
  message,
  ...rest
}: {
  message: string;
  path?: readonly (string | number)[];
  extensions?: object;
}): GraphQLError {
  return new GraphQLError(message, { path: rest.path, extensions: { ...rest.extensions } });
}
