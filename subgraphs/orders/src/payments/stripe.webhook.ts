import type { Routes } from '@storegraph/subgraph-server';
import type { Deps } from '../context.js';
import { handleNotice, keepNotice } from './handle-notice.action.js';
import { ForgedNotice } from './payment.js';

const MOST_BYTES = 1_048_576; // one mebibyte
/** How many notices are acted on at a time: the rest of the connections are for shoppers. */
const AT_ONCE = 2;

/**
 * `POST /webhooks/stripe`: verify, keep, answer, act. Stripe delivers at least once, in any order, and repeats what got
 * no 2xx; it gets one as soon as the notice is kept. What is kept and not acted on, because the process ended, the
 * `provider-notices` job takes up.
 */
export function stripeWebhook(deps: Deps): Routes {
  return async (app) => {
    const waiting: string[] = [];
    const acting = new Set<Promise<void>>();

    const actOnNext = (): void => {
      const eventId = acting.size < AT_ONCE ? waiting.shift() : undefined;
      if (eventId === undefined) return;
      const work = handleNotice(deps, eventId)
        .catch((error: unknown) => deps.log.warn({ err: error, eventId }, 'left to the next round'))
        .finally(() => {
          acting.delete(work);
          actOnNext();
        });
      acting.add(work);
    };

    await app.register(async (scope) => {
      // The signature covers the bytes as they came; parsing and printing would change them.
      scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
        done(null, body),
      );
      scope.post<{ Body: Buffer }>('/webhooks/stripe', { bodyLimit: MOST_BYTES }, async (request, reply) => {
        const signature = request.headers['stripe-signature'];
        if (typeof signature !== 'string' || !Buffer.isBuffer(request.body))
          return reply.code(400).send({ error: 'not signed' });
        const notice = readNotice(deps, request.body, signature);
        if (!notice) return reply.code(400).send({ error: 'not signed by the provider, or not now' });
        if (await keepNotice(deps, notice)) waiting.push(notice.eventId);
        actOnNext();
        return reply.code(200).send({ received: true });
      });
    });
    app.addHook('onClose', async () => {
      waiting.length = 0;
      await Promise.all(acting);
    });
  };
}

function readNotice({ provider }: Deps, body: Buffer, signature: string) {
  try {
    return provider.readNotice(body, signature);
  } catch (error) {
    if (error instanceof ForgedNotice) return null;
    throw error;
  }
}
