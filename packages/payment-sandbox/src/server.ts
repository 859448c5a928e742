import fastify from 'fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { approvalPage, closingPage, returnAddress } from './approval-page.js';
import type { PaymentIntent } from './objects.js';
import type { Exchange } from './exchange.js';
import type { Ledger } from './books.js';
import { mintNow } from './ids.js';
import { decideAuthentication } from './payment-intents.action.js';
import { ROUTES } from './routes.js';
import { ApiError, decodeForm, errorAnswer } from './wire.js';
import type { ErrorBody } from './wire.js';
import { Work } from './work.js';

const BODY_LIMIT_BYTES = 256 * 1_024;

export interface ServerParts {
  exchange: Exchange;
  ledger: Ledger;
  /** Records and publishes what the approval page changed. */
  commit(work: Work): Promise<void>;
}

/** The HTTP side: Stripe's routes, the approval page, and Stripe's answers to everything else. */
export function buildServer({ exchange, ledger, commit }: ServerParts): FastifyInstance {
  const app = fastify({ bodyLimit: BODY_LIMIT_BYTES, forceCloseConnections: true });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, body),
  );
  allowBrowsers(app);
  for (const route of ROUTES) {
    app.route({
      method: route.method,
      url: route.path,
      handler: (request, reply) => exchange.serve(route, request, reply),
    });
  }
  addApprovalPage(app, { ledger, commit });
  app.setNotFoundHandler((request, reply) => {
    const message = `Unrecognized request URL (${request.method}: ${request.url.split('?')[0]}).`;
    return refuse(reply, 404, { type: 'invalid_request_error', message });
  });
  app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
    if (error instanceof ApiError) return refuse(reply, error.status, error.body);
    const status = error.statusCode ?? 500;
    if (status < 500)
      return refuse(reply, 400, { type: 'invalid_request_error', message: 'Invalid request.' });
    return refuse(reply, 500, { type: 'api_error', message: 'An unknown error occurred.' });
  });
  return app;
}

function refuse(reply: FastifyReply, status: number, error: ErrorBody): FastifyReply {
  return reply.code(status).send(errorAnswer(error));
}

/** Shoppers' browsers confirm from the shop's origin; the keys they hold are public, so any origin may ask. */
function allowBrowsers(app: FastifyInstance): void {
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('access-control-allow-origin', '*');
    reply.header('access-control-expose-headers', 'Request-Id, Idempotent-Replayed');
  });
  app.options('/v1/*', async (_request, reply) =>
    reply
      .header('access-control-allow-methods', 'GET, POST')
      .header('access-control-allow-headers', 'Authorization, Content-Type, Idempotency-Key, Stripe-Version')
      .header('access-control-max-age', '300')
      .code(204)
      .send(),
  );
}

type PageRequest = FastifyRequest<{ Params: { id: string; token: string } }>;

function addApprovalPage(
  app: FastifyInstance,
  { ledger, commit }: Pick<ServerParts, 'ledger' | 'commit'>,
): void {
  const url = '/authenticate/:id/:token';
  app.get(url, async (request: PageRequest, reply) => {
    const intent = findAwaited(ledger, request);
    if (!intent) return showPage(reply, 410, closingPage('There is nothing left to approve here.'));
    return showPage(reply, 200, approvalPage(intent));
  });
  app.post(url, async (request: PageRequest, reply) => {
    const waiting = findAwaited(ledger, request);
    if (!waiting) return showPage(reply, 410, closingPage('There is nothing left to approve here.'));
    const work = new Work(ledger, mintNow(), { requestId: null, idempotencyKey: null, publicUrl: '' });
    const params = decodeForm(typeof request.body === 'string' ? request.body : '');
    decideAuthentication({ id: waiting.id, params, caller: 'secret' }, work);
    const decided = work.find('payment_intent', waiting.id) ?? waiting;
    await commit(work);
    const returnUrl = waiting.next_action?.redirect_to_url?.return_url;
    if (returnUrl) return reply.redirect(returnAddress(returnUrl, decided), 303);
    return showPage(reply, 200, closingPage('Thank you. You may close this page and return to the shop.'));
  });
}

/** The intent that waits for exactly this page; a page answered once is stale. */
function findAwaited(ledger: Ledger, { params: { id, token } }: PageRequest): PaymentIntent | null {
  const intent = ledger.find('payment_intent', id);
  const expected = intent?.next_action?.redirect_to_url?.url;
  return expected?.endsWith(`/authenticate/${id}/${token}`) ? intent : null;
}

function showPage(reply: FastifyReply, status: number, html: string): FastifyReply {
  return reply
    .code(status)
    .header(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    )
    .header('referrer-policy', 'no-referrer')
    .type('text/html; charset=utf-8')
    .send(html);
}
