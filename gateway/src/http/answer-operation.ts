import type { ExecutionResult } from 'graphql';
import type { ProofSigner } from '@storegraph/identity';
import { refusal } from '@storegraph/subgraph-server';
import { createContext, type GatewayContext } from '../context.js';
import type { Documents, FoundDocument } from '../documents/find-document.js';
import type { Engine, ReadyOperation } from '../execution/engine.js';
import type { Authenticate } from '../identity/authenticate.js';
import { deviceOf } from '../identity/device.js';
import type { RecordOperation } from '../insight/record-operation.js';
import type { AcceptDocument } from '../limits/accept-document.js';
import type { RecogniseApiKey } from '../limits/api-keys.js';
import type { Guard } from '../limits/guard.js';
import { rateLimitHeaders } from '../limits/rate-limit-headers.js';
import { asGraphqlError } from './answer-errors.js';
import type { GraphqlParams } from './graphql-params.js';
import { requireNamed, requireSafe } from './safe-requests.js';

/** An operation as a client asks for it. */
export type AskedOperation = {
  readonly params: GraphqlParams;
  /** Asked by a method that must change nothing, and that caches may repeat (RFC 9110 §9.2.1). */
  readonly isSafe: boolean;
  readonly authorization: string | undefined;
  readonly address: string;
  readonly userAgent: string | undefined;
  readonly correlationId: string;
  /** The value of the header by which staff ask for the plan. */
  readonly trace: string | undefined;
  readonly apiKey: string | undefined;
  /** Whether the client asks for an answer that was not kept (RFC 9111 §5.2.1.4). */
  readonly wantsFresh: boolean;
};

/** What became of an operation. */
export type AnsweredOperation = {
  /** With errors as they were thrown: not yet what a client may see. */
  readonly result: ExecutionResult;
  /** Absent when the operation was refused before it ran. */
  readonly ready?: ReadyOperation;
  /** What the client has left. */
  readonly headers?: Readonly<Record<string, string>>;
  /** How old it is, when it was kept. */
  readonly ageSeconds?: number;
};

export type AnswerOptions = {
  readonly engine: Engine;
  readonly documents: Documents;
  readonly acceptDocument: AcceptDocument;
  readonly authenticate: Authenticate;
  readonly signProof: ProofSigner;
  readonly timeoutMillis: number;
  readonly record: RecordOperation;
  readonly guard: Guard;
  readonly recogniseApiKey: RecogniseApiKey;
};

/**
 * Takes an operation from its text to its result, cheapest check first. What fails once it is known what is asked and
 * by whom is recorded, and becomes an error of the result.
 *
 * @throws {GraphQLError} a refusal, before that
 */
export async function answerOperation(
  asked: AskedOperation,
  options: AnswerOptions,
): Promise<AnsweredOperation> {
  const { authenticate, signProof, timeoutMillis, record } = options;
  const { params, correlationId } = asked;
  const startedAt = performance.now();
  const found = await options.documents.find(params);
  if (asked.isSafe) requireNamed(found);
  const { viewer } = await authenticate(asked.authorization);
  const device = deviceOf(asked.address, asked.userAgent);
  const apiKey = options.recogniseApiKey(asked.apiKey);
  const context = createContext({
    viewer,
    device,
    correlationId,
    timeoutMillis,
    signProof,
    trace: asked.trace,
    wantsFresh: asked.wantsFresh,
    apiKey,
  });
  const answered = await run({ asked, found, context }, options);
  const { ready, result } = answered;
  record({
    operation: ready?.prepared.operation.name?.value ?? params.operationName,
    kind: ready?.prepared.kind ?? 'unknown',
    transport: 'http',
    context,
    startedAt,
    codes: result.errors?.map(({ extensions }) => String(extensions['code'])) ?? NO_CODES,
  });
  const headers = rateLimitHeaders(context.bill);
  return context.ageSeconds === undefined
    ? { ...answered, headers }
    : { ...answered, headers, ageSeconds: context.ageSeconds };
}

const NO_CODES: readonly string[] = [];

async function run(
  { asked, found, context }: { asked: AskedOperation; found: FoundDocument; context: GatewayContext },
  { engine, documents, acceptDocument, guard }: AnswerOptions,
): Promise<AnsweredOperation> {
  try {
    guard.requireOpen(context.bill);
    const document = acceptDocument(found.source);
    if (!('kind' in document)) {
      guard.chargeRefusal(context.bill);
      return { result: { errors: document } };
    }
    documents.register(found);
    const { operationName, variables } = asked.params;
    const ready = engine.ready({ document, operationName, variables }, context);
    if (!('planned' in ready)) return { result: asBadInput(ready) };
    const { kind } = ready.prepared;
    if (kind === 'subscription') throw refusal('BAD_USER_INPUT', 'Subscriptions come over WebSocket.');
    if (asked.isSafe) requireSafe(kind);
    return { result: await engine.run(ready, context), ready };
  } catch (error) {
    return { result: { errors: [asGraphqlError(error)] } };
  }
}

/** Variables of the wrong type are the client's mistake. */
function asBadInput({ errors = [] }: ExecutionResult): ExecutionResult {
  return { errors: errors.map((error) => refusal('BAD_USER_INPUT', error.message)) };
}
