import pg from 'pg';
import { createRedisStreamsBus, startRelay, type EventBus } from '../src/index.js';

/**
 * A process that dies, as by a power cut, while it hands on what its database has committed: `before` the first event
 * is on the bus, or `after` it is and before the outbox knows.
 */
const [databaseUrl = '', redisUrl = '', prefix = '', moment = ''] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: databaseUrl });
const redis = createRedisStreamsBus({ redisUrl, prefix });
const bus: EventBus = {
  subscribe: (subscriber) => redis.subscribe(subscriber),
  close: () => redis.close(),
  async publish(owner, event) {
    if (moment === 'after') await redis.publish(owner, event);
    process.kill(process.pid, 'SIGKILL');
    await new Promise(() => undefined);
  },
};
const pubsub = { publish: () => Promise.resolve() } as never;
startRelay({ pool, domain: 'warehouse', bus, pubsub });
