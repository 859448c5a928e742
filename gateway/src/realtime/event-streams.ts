import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from '@storegraph/observability';
import { refusal } from '@storegraph/subgraph-server';
import type { Documents } from '../documents/find-document.js';
import { toAnswerError, toAnswerErrors } from '../http/answer-errors.js';
import { refusalHeaders, refusalStatus } from '../http/answer-status.js';
import { answerText } from '../http/answer-text.js';
import type { GraphqlParams } from '../http/graphql-params.js';
import { GRAPHQL_TYPE } from '../http/media-type.js';
import type { Authenticate } from '../identity/authenticate.js';
import { deviceOf } from '../identity/device.js';
import type { AcceptDocument } from '../limits/accept-document.js';
import { API_KEY_HEADER, type RecogniseApiKey } from '../limits/api-keys.js';
import { spenderOf } from '../limits/spender.js';
import { prefersEventStream } from './accepts-event-stream.js';
import { atTime } from './at-time.js';
import { EventStream } from './event-stream.js';
import { OpenStreams } from './open-streams.js';
import type { Caller, StartOperation } from './operations.js';
import type { AllowsOrigin } from './origin.js';
import type { RealtimeLimits } from './realtime-limits.js';
import { readStreamRequest } from './stream-request.js';

export type EventStreams = {
  /** Ends every stream before its `complete`, so that clients come back elsewhere; new ones are turned away. */
  close(): void;
};

export type EventStreamsOptions = {
  readonly start: StartOperation;
  readonly authenticate: Authenticate;
  readonly recogniseApiKey: RecogniseApiKey;
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
  const open = new OpenStreams(options.limits.streamsPerClient);
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
  const timer = setInterval(() => {
    for (const stream of open) stream.say(COMMENT);
  }, options.limits.heartbeatMillis);
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
  options: EventStreamsOptions & { open: OpenStreams },
): Promise<FastifyReply> {
  const { open, limits, log } = options;
  try {
    const params = await readStreamRequest(request, options);
    const caller: Caller = {
      identity: await options.authenticate(request.headers.authorization),
      device: deviceOf(request.ip, request.headers['user-agent']),
      apiKey: options.recogniseApiKey(request.headers[API_KEY_HEADER]?.toString()),
      transport: 'sse',
      correlationId: request.correlationId,
    };
    const stream = new EventStream(limits.unreadBytes);
    open.open(spenderOf({ ...caller, viewer: caller.identity.viewer }), stream);
    begin(stream, { caller, params }, options);
    return await reply.headers(HEADERS).send(stream);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const errors = [error];
    return reply
      .code(refusalStatus(errors, GRAPHQL_TYPE))
      .headers(refusalHeaders(errors))
      .send({ errors: toAnswerErrors(errors, { log, correlationId: request.correlationId }) });
  }
}

/** Starts the operation; it stops when the client goes, and the stream ends when the token's time is over. */
function begin(
  stream: EventStream,
  { caller, params }: { caller: Caller; params: GraphqlParams },
  { start }: EventStreamsOptions,
): void {
  const finish = (errors?: readonly GraphQLFormattedError[]): void => {
    if (errors) stream.say(nextEvent(answerText({ errors })));
    stream.say(COMPLETE);
    stream.end();
  };
  const { expiresAt } = caller.identity;
  const stopWaiting =
    expiresAt === null
      ? () => undefined
      : atTime(expiresAt, () =>
          finish([toAnswerError(refusal('UNAUTHENTICATED', 'Your session has expired.'))]),
        );
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
