import { createRedisStreamsBus } from '../src/index.js';

/** A process that dies, as by a power cut, on the first event it receives. */
const [redisUrl = '', prefix = ''] = process.argv.slice(2);
const bus = createRedisStreamsBus({ redisUrl, prefix, leaseMillis: 400 });
await bus.subscribe({
  domain: 'shop',
  owners: ['warehouse'],
  handle: () => {
    process.kill(process.pid, 'SIGKILL');
    return new Promise(() => undefined);
  },
});
