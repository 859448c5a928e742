import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { getOperationAST, GraphQLError } from 'graphql';
import type { Logger } from '@storegraph/observability';
import { refusal } from '@storegraph/subgraph-server';
import type { Documents } from '../documents/find-document.js';
import { toAnswerErrors } from '../http/answer-errors.js';
import { paramsOfAddress, paramsOfBody, type GraphqlParams } from '../http/graphql-params.js';
import type { Authenticate } from '../identity/authenticate.js';
import { deviceOf } from '../identity/device.js';
import { countSlowReader } from '../insight/watch-subscriptions.js';
import type { AcceptDocument } from '../limits/accept-document.js';
import { prefersEventStream } from './accepts-event-stream.js';
import { clientAnswer } from './client-text.js';
import { atTime } from './at-time.js';
import type { Caller, StartOperation } from './operations.js';
import type { AllowsOrigin } from './origin.js';
import type { RealtimeLimits } from './realtime-limits.js';

export type EventStreams = {
  /** Ends every stream before its `complete`, so that clients come back elsewhere; new ones are turned away. */
  close(): void;
};

export type EventStreamsOptions = {
  readonly start: StartOperation;
  readonly authenticate: Authenticate;
  readonly documents: Documents;
  readonly acceptDocument: AcceptDocument;
  readonly allowsOrigin: AllowsOrigin;
  readonly limits: RealtimeLimits;
  readonly log: Logger;
};

const CONSTRAINT = 'eventStream';
/** A comment (HTML, Server-sent events §9.2.6): keeps proxies from thinking that nobody is there. */
const COMMENT = ':\n\n';
const COMPLETE = 'event: complete\ndata: \n\n';

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  // nginx collects answers before it sends them on, unless told.
  'x-accel-buffering': 'no',
};

/**
 * Answers operations as event streams to clients that ask for `text/event-stream`: the distinct connections mode of
 * GraphQL over Server-Sent Events (PROTOCOL.md of graphql-sse). Others get JSON from the route of the same path.
 */
export function addEventStreams(app: FastifyInstance, options: EventStreamsOptions): EventStreams {
  const open = new Set<EventStream>();
  let isClosing = false;
  app.addConstraintStrategy({
    name: CONSTRAINT,
    mustMatchWhenDerived: false,
    validate: () => undefined,
    deriveConstraint: ({ headers }) => prefersEventStream(headers.accept),
    storage() {
      const handlers = new Map<unknown, never>();
      return {
        get: (wanted) => handlers.get(wanted) ?? null,
        set: (wanted, handler) => void handlers.set(wanted, handler as never),
      };
    },
  });
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    constraints: { [CONSTRAINT]: true },
    async handler(request, reply) {
      if (isClosing) return reply.code(503).header('retry-after', '1').send();
      return answer(request, reply, { ...options, open });
    },
  });
  const timer = setInterval(
    () => open.forEach((stream) => stream.say(COMMENT)),
    options.limits.heartbeatMillis,
  );
  timer.unref();
  return {
    close() {
      isClosing = true;
      clearInterval(timer);
      for (const stream of open) stream.end();
    },
  };
}

async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  options: EventStreamsOptions & { open: Set<EventStream> },
): Promise<FastifyReply> {
  const { open, limits, log } = options;
  try {
    if (!options.allowsOrigin(request.headers)) throw refuseWith(403, 'FORBIDDEN', 'Not from this page.');
    const { method, body, query } = request;
    const params = method === 'POST' ? paramsOfBody(body) : paramsOfAddress(query as Record<string, unknown>);
    if (!params.query && !params.documentId && !params.extensions)
      throw refuseWith(400, 'BAD_USER_INPUT', 'Say what to run.');
    if (method === 'GET' && (await isMutation(params, options))) {
      void reply.header('allow', 'POST');
      throw refuseWith(405, 'BAD_USER_INPUT', 'Mutations come by POST.');
    }
    const caller: Caller = {
      identity: await options.authenticate(request.headers.authorization),
      device: deviceOf(request.ip, request.headers['user-agent']),
      transport: 'sse',
      correlationId: request.correlationId,
    };
    const stream = new EventStream(limits.unreadBytes);
    open.add(stream);
    stream.once('close', () => open.delete(stream));
    begin(stream, { caller, params }, options);
    return await reply.headers(HEADERS).send(stream);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return reply.code(statusOf(error)).send({ errors: toAnswerErrors([error], log) });
  }
}

/** Starts the operation; it stops when the client goes, and the stream ends when the token's time is over. */
function begin(
  stream: EventStream,
  { caller, params }: { caller: Caller; params: GraphqlParams },
  { start, log }: EventStreamsOptions,
): void {
  const finish = (errors?: readonly GraphQLError[]): void => {
    if (errors) stream.say(nextEvent(clientAnswer({ errors }, log)));
    stream.say(COMPLETE);
    stream.end();
  };
  const { expiresAt } = caller.identity;
  const stopWaiting =
    expiresAt === null
      ? () => undefined
      : atTime(expiresAt, () => finish([refusal('UNAUTHENTICATED', 'Your session has expired.')]));
  // The headers go out with the first bytes: the client learns at once that it is listening.
  stream.say(COMMENT);
  const stop = start(caller, params, {
    next: (text) => stream.say(nextEvent(text)),
    refuse: finish,
    complete: () => finish(),
  });
  stream.once('close', () => {
    stopWaiting();
    stop();
  });
}

function nextEvent(answerJson: string): string {
  return `event: next\ndata: ${answerJson}\n\n`;
}

/** What is said goes out at the reader's pace; one who leaves too much unread is cut off. */
class EventStream extends Readable {
  #hasEnded = false;

  constructor(private readonly unreadBytes: number) {
    super({ read: () => undefined });
  }

  say(text: string): void {
    if (this.#hasEnded || this.destroyed) return;
    if (this.readableLength <= this.unreadBytes) return void this.push(text);
    countSlowReader('sse');
    this.destroy();
  }

  end(): void {
    if (this.#hasEnded || this.destroyed) return;
    this.#hasEnded = true;
    this.push(null);
  }
}

async function isMutation(
  params: GraphqlParams,
  { documents, acceptDocument }: EventStreamsOptions,
): Promise<boolean> {
  const document = acceptDocument((await documents.find(params)).source);
  return 'kind' in document && getOperationAST(document, params.operationName)?.operation === 'mutation';
}

function refuseWith(status: number, code: Parameters<typeof refusal>[0], message: string): GraphQLError {
  return refusal(code, message, { http: { status } });
}

function statusOf({ extensions }: GraphQLError): number {
  return (extensions['http'] as { status?: number } | undefined)?.status ?? 400;
}
