import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '@storegraph/observability';
import { refusal } from '@storegraph/subgraph-server';
import { TRACE_HEADER } from '../insight/operation-insight.js';
import { API_KEY_HEADER } from '../limits/api-keys.js';
import { asGraphqlError, toAnswerErrors } from './answer-errors.js';
import {
  answerOperation,
  type AnsweredOperation,
  type AnswerOptions,
  type AskedOperation,
} from './answer-operation.js';
import { refusalHeaders, refusalStatus } from './answer-status.js';
import { answerText } from './answer-text.js';
import { etagOf, isKnownTo } from './etag.js';
import { paramsOfAddress, paramsOfBody } from './graphql-params.js';
import { answerType, JSON_TYPE } from './media-type.js';
import { requireJsonBody, requirePreflight } from './preflight.js';

const PATH = '/graphql';
/** A 405 names the methods there are (RFC 9110 §15.5.6). */
const WRONG_METHOD = { status: 405, headers: { allow: 'GET, HEAD, POST' } };
/** What the answer to a GET depends on beside its address (RFC 9110 §12.5.5). */
const VARIES_WITH = 'accept, authorization, origin';

/**
 * Decides who may keep the answer of a query that came by `GET`, and for how long: the value of `Cache-Control`. Asked
 * only about answers without errors.
 */
export type CacheRule = (answered: AnsweredOperation) => string;

/** Whoever asked may keep the answer, and asks whether it still holds. */
const REVALIDATE: CacheRule = () => 'private, no-cache';

type Options = AnswerOptions & {
  readonly log: Logger;
  /** @default () => 'private, no-cache' */
  readonly cacheRule?: CacheRule;
};

/** `POST /graphql`, and `GET` for queries among the documents the server knows (GraphQL over HTTP). */
export function addGraphqlRoute(app: FastifyInstance, options: Options): void {
  const send = createSend(options);
  const handler = async (request: FastifyRequest, reply: FastifyReply) =>
    send(await attempt(request, options), request, reply);
  /** What Fastify refuses: a body too large, of another type, or that is not JSON. */
  const errorHandler = (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
    const http = { status: error.statusCode };
    void send(refused(refusal('BAD_USER_INPUT', error.message, { http })), request, reply);
  };

  app.post(PATH, { errorHandler }, handler);
  app.get(PATH, handler);
  app.route({
    method: ['PUT', 'PATCH', 'DELETE'],
    url: PATH,
    // Before anybody reads a body.
    onRequest: async (request, reply) =>
      send(refused(refusal('BAD_USER_INPUT', 'Use POST.', { http: WRONG_METHOD })), request, reply),
    handler: () => undefined,
  });
}

async function attempt(request: FastifyRequest, options: AnswerOptions): Promise<AnsweredOperation> {
  try {
    if (!answerType(request.headers.accept))
      throw refusal('BAD_USER_INPUT', 'The answer would be JSON.', { http: { status: 406 } });
    return await answerOperation(askedBy(request), options);
  } catch (error) {
    return refused(error);
  }
}

function refused(error: unknown): AnsweredOperation {
  return { result: { errors: [asGraphqlError(error)] } };
}

/** @throws {GraphQLError} for what is no request of ours */
function askedBy({ method, headers, body, query, ip, correlationId }: FastifyRequest): AskedOperation {
  const isSafe = method !== 'POST';
  if (isSafe) requirePreflight(headers);
  else requireJsonBody(headers);
  return {
    params: isSafe ? paramsOfAddress(query as Record<string, unknown>) : paramsOfBody(body),
    isSafe,
    authorization: headers.authorization,
    address: ip,
    userAgent: headers['user-agent'],
    correlationId,
    trace: headers[TRACE_HEADER]?.toString(),
    apiKey: headers[API_KEY_HEADER]?.toString(),
    wantsFresh: headers['cache-control']?.includes('no-cache') ?? false,
  };
}

type Send = (answered: AnsweredOperation, request: FastifyRequest, reply: FastifyReply) => FastifyReply;

function createSend({ log, cacheRule = REVALIDATE }: Options): Send {
  return (answered, { method, headers, correlationId }, reply) => {
    const { errors, data, extensions } = answered.result;
    const type = answerType(headers.accept) ?? JSON_TYPE;
    void reply.header('content-type', type).headers({ ...answered.headers });
    // RFC 9111 §5.1: how long ago it was read from the subgraphs.
    if (answered.ageSeconds !== undefined) void reply.header('age', answered.ageSeconds);
    if (data === undefined) void reply.code(refusalStatus(errors, type)).headers(refusalHeaders(errors));
    const shown = errors && toAnswerErrors(errors, { log, correlationId });
    const body = answerText({ errors: shown, data, extensions });
    if (method === 'POST' || errors) return reply.header('cache-control', 'no-store').send(body);
    const etag = etagOf(body);
    void reply.headers({ etag, 'cache-control': cacheRule(answered), vary: VARIES_WITH });
    return isKnownTo(headers['if-none-match'], etag) ? reply.code(304).send() : reply.send(body);
  };
}
