import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { authenticate, secretKeyRequired } from './authenticate.js';
import type { ApiKeys } from './authenticate.js';
import type { Ledger } from './books.js';
import { expandFields } from './expand.js';
import type { Fate, Faults } from './faults.js';
import { IdempotencyKeys, fingerprintOf } from './idempotency.js';
import { mintNow, newId } from './ids.js';
import type { Route } from './routes.js';
import { ApiError, decodeForm, errorAnswer } from './wire.js';
import type { Params } from './wire.js';
import type { SandboxLog } from './webhooks.js';
import { API_VERSION, Work } from './work.js';
import type { Call, Result } from './work.js';

export interface ExchangeOptions {
  keys: ApiKeys;
  ledger: Ledger;
  faults: Faults;
  log: SandboxLog | undefined;
  publicUrl(): string;
  /** Makes what was recorded known: webhooks, timers. Resolves after the first delivery attempts. */
  publish(work: Work): Promise<void>;
}

interface Answer {
  status: number;
  body: string;
  isReplayed?: true;
}

const WEBHOOKS_FIRST_LIMIT_MILLIS = 2_000;

/** One API request from headers to answer: authenticate, replay or act, record, answer, publish. */
export class Exchange {
  readonly #idempotency: IdempotencyKeys;

  constructor(private readonly options: ExchangeOptions) {
    this.#idempotency = new IdempotencyKeys(options.ledger);
  }

  async serve(route: Route, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const requestId = newId('req');
    const key = route.method === 'POST' ? headerOf(request, 'idempotency-key') : undefined;
    reply.header('request-id', requestId);
    reply.header('stripe-version', headerOf(request, 'stripe-version') ?? API_VERSION);
    if (key) reply.header('idempotency-key', key);
    const fate = this.options.faults.drawFate();
    const answer = await this.#answer({
      route,
      request,
      fate,
      requestId,
      key,
      answered: closing(reply),
    }).catch((error: unknown) => this.#surprise(error, requestId));
    if (fate === 'answer-lost') {
      reply.hijack();
      request.raw.socket.resetAndDestroy();
      return;
    }
    if (answer.isReplayed) reply.header('idempotent-replayed', 'true');
    await reply.code(answer.status).type('application/json').send(answer.body);
  }

  async #answer(incoming: Incoming): Promise<Answer> {
    const { route, request, fate, key } = incoming;
    try {
      const call = readCall(route, request, this.options.keys);
      if (fate === 'failed-before') throw serverError();
      if (key === undefined) return await this.#act(call, incoming);
      const endpoint = `${route.method} ${pathOf(request)}`;
      const saved = this.#idempotency.claim({ key, endpoint, params: call.params }, mintNow().nowSeconds);
      if (saved) return { status: saved.status, body: saved.body, isReplayed: true };
      try {
        return await this.#act(call, incoming);
      } finally {
        this.#idempotency.release(key);
      }
    } catch (error) {
      if (error instanceof ApiError) return refusal(error);
      throw error;
    }
  }

  async #act(call: Call, incoming: Incoming): Promise<Answer> {
    const { ledger, faults, publicUrl, publish } = this.options;
    const { route, request, fate, requestId, key, answered } = incoming;
    if (faults.plan.latencyMillis > 0) await pause(faults.plan.latencyMillis);
    const origin = { requestId, idempotencyKey: key ?? null, publicUrl: publicUrl() };
    const work = new Work(ledger, mintNow(), origin);
    const result = runAction(route, call, work);
    let answer = answerOf(result, call, work);
    if (fate === 'failed-after') answer = refusal(serverError());
    const isKept = result.kind === 'done' || !result.error.isValidation;
    if (key !== undefined && isKept) {
      const created = work.mint.nowSeconds;
      const endpoint = `${route.method} ${pathOf(request)}`;
      work.put('answer', { id: key, endpoint, fingerprint: fingerprintOf(call.params), created, ...answer });
    }
    await ledger.record(work.entries);
    if (faults.drawWebhooksFirst()) {
      await Promise.race([publish(work), pause(WEBHOOKS_FIRST_LIMIT_MILLIS, undefined, { ref: false })]);
    } else {
      void answered.then(() => publish(work));
    }
    return answer;
  }

  #surprise(error: unknown, requestId: string): Answer {
    this.options.log?.error({ err: error, requestId }, 'payment sandbox failed');
    return refusal(serverError());
  }
}

interface Incoming {
  route: Route;
  request: FastifyRequest;
  fate: Fate;
  requestId: string;
  key: string | undefined;
  /** Resolves when the answer has left, or the caller has. */
  answered: Promise<void>;
}

function readCall(route: Route, request: FastifyRequest, keys: ApiKeys): Call {
  const caller = authenticate(request.headers.authorization, keys);
  if (caller === 'publishable' && !route.isPublic) throw secretKeyRequired();
  const { id } = request.params as { id?: string };
  return { id: id ?? '', params: readParams(request), caller };
}

function readParams(request: FastifyRequest): Params {
  if (request.method === 'POST') return decodeForm(typeof request.body === 'string' ? request.body : '');
  return decodeForm(request.url.split('?')[1] ?? '');
}

/** A refusal before anything was written leaves nothing behind, however far the action came. */
function runAction(route: Route, call: Call, work: Work): Result {
  try {
    return route.action(call, work);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    work.discard();
    return { kind: 'refused', error };
  }
}

function answerOf(result: Result, call: Call, work: Work): Answer {
  if (result.kind === 'refused') return refusal(result.error);
  return { status: 200, body: JSON.stringify(expandFields(result.body, call.params, work), null, 2) };
}

function refusal({ status, body }: ApiError): Answer {
  return { status, body: JSON.stringify(errorAnswer(body), null, 2) };
}

function serverError(): ApiError {
  const message = 'An unknown error occurred. It is not known whether the request was carried out.';
  return new ApiError(500, { type: 'api_error', message });
}

function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function pathOf(request: FastifyRequest): string {
  return request.url.split('?')[0] ?? request.url;
}

function closing(reply: FastifyReply): Promise<void> {
  if (reply.raw.closed) return Promise.resolve();
  return new Promise((resolve) => reply.raw.once('close', () => resolve()));
}
