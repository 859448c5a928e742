import { createLogger, setLogLevel, withCorrelation } from '../src/index.js';

/** Writes to standard output what a process might log, secrets and all. */
const log = createLogger('shop');
const SECRET = 'hunter2';

log.info({ password: SECRET, user: 'kim' }, 'top');
log.info({ input: { credentials: { newPassword: SECRET }, list: [{ cartToken: SECRET }] } }, 'nested');
log.info(
  { headers: { Authorization: `Bearer ${SECRET}`, 'x-storegraph-proof': SECRET, cookie: SECRET } },
  'headers',
);
log.info(
  { tokens: [SECRET], serviceKey: SECRET, tokenCount: 3, idempotencyKey: 'k1', at: new Date(0) },
  'names',
);

const failure = Object.assign(
  new Error(`cannot reach postgres://shop:${SECRET}@db/shop`, {
    cause: new Error(`refused by redis://:${SECRET}@cache`),
  }),
  { code: 'ECONNREFUSED', options: { password: SECRET } },
);
log.error({ err: failure, nested: { reason: failure } }, 'failed');
log.error({ err: 'a thrown text' }, 'odd');

const circular: Record<string, unknown> = { name: 'ring' };
circular['self'] = circular;
log.info({ circular }, 'circular');

await withCorrelation('corr-0001', async () => {
  await new Promise((resolve) => setTimeout(resolve, 1));
  log.info('inside');
});
log.info('outside');

log.debug('too quiet to hear');
setLogLevel('debug');
log.debug('heard');
createLogger('later').debug('heard too');
setLogLevel('silent');
log.fatal('never');
