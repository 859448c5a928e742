import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dropDatabase, databaseUrl } from '../../packages/database/src/index.js';
import { postgresForTests } from '../../packages/testkit/src/postgres.js';
import { removeKeys } from '../../packages/testkit/src/redis-keys.js';
import { freePorts, run, runToEnd, untilReady, type Process } from './processes.js';

export type Topology = 'standalone' | 'services';

/** A whole shop with demonstration data, started for one journey. */
export type Shop = AsyncDisposable & { readonly url: string; readonly process: Process };

/** The shop as services, with room for a second gateway, which may be killed while the first goes on. */
export type Services = Shop & {
  readonly secondUrl: string;
  /** Starts the second gateway on its port; resolves when it is ready. */
  startSecondGateway(): Promise<Process>;
};

const DOMAINS = ['accounts', 'catalog', 'orders', 'media', 'reviews'];

/** Which topologies this run is about: the one in `JOURNEY_TOPOLOGY`, or both. */
export const TOPOLOGIES: readonly Topology[] =
  process.env['JOURNEY_TOPOLOGY'] === 'standalone' || process.env['JOURNEY_TOPOLOGY'] === 'services'
    ? [process.env['JOURNEY_TOPOLOGY']]
    : ['standalone', 'services'];

/** Opens a shop: one process with everything inside, or one per subgraph on PostgreSQL and Redis. */
export function openShop(topology: Topology): Promise<Shop> {
  return topology === 'standalone' ? openStandalone() : openServices();
}

async function openStandalone(): Promise<Shop> {
  const dataDir = await mkdtemp(join(tmpdir(), 'storegraph-journey-'));
  const port = await freePorts(1);
  const started = run(process.execPath, ['--enable-source-maps', 'standalone/dist/main.js'], {
    PORT: String(port),
    DATA_DIR: dataDir,
    DATABASE_URL: '',
    REDIS_URL: '',
  });
  const url = `http://127.0.0.1:${port}`;
  await untilReady(url, started);
  return {
    url,
    process: started,
    async [Symbol.asyncDispose]() {
      await started.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export async function openServices(): Promise<Services> {
  const folder = await mkdtemp(join(tmpdir(), 'storegraph-journey-'));
  const first = await freePorts(7);
  const name = `storegraph_journey_${randomBytes(4).toString('hex')}`;
  const server = new URL(await postgresForTests());
  server.pathname = `/${name}`;
  const url = `http://127.0.0.1:${first}`;
  const env = {
    PORT: String(first),
    DATABASE_URL: server.href,
    DATABASE_POOL_SIZE: '3',
    REDIS_URL: process.env['TEST_REDIS_URL'] ?? 'redis://127.0.0.1:6379',
    REDIS_PREFIX: name,
    PUBLIC_URL: url,
    MEDIA_FOLDER: join(folder, 'media'),
    PAYMENT_SANDBOX_WEBHOOK_URL: `${url}/webhooks/stripe`,
    SERVICE_KEY: randomBytes(32).toString('hex'),
    QUOTE_KEY: randomBytes(32).toString('hex'),
  };
  const close = async (services: Process | null) => {
    await services?.stop();
    for (const domain of DOMAINS) await dropDatabase({ url: databaseUrl(server.href, domain) });
    await removeKeys(env.REDIS_URL, env.REDIS_PREFIX);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await runToEnd(process.execPath, ['--enable-source-maps', 'standalone/dist/main.js', 'seed'], env);
    const started = run(process.execPath, ['--import', 'tsx', 'scripts/start-services.ts'], env);
    // The gateway is ready as soon as one subgraph is; the journey needs them all.
    for (let port = first + 1; port <= first + DOMAINS.length; port += 1)
      await untilReady(`http://127.0.0.1:${port}`, started);
    await untilReady(url, started);
    const second = secondGateway(first, env);
    return {
      ...second,
      url,
      process: started,
      async [Symbol.asyncDispose]() {
        await second.stop();
        await close(started);
      },
    };
  } catch (error) {
    await close(null);
    throw error;
  }
}

/** A gateway beside the services on the ports from `first` on, at the port after theirs. */
function secondGateway(first: number, env: NodeJS.ProcessEnv) {
  const port = first + 1 + DOMAINS.length;
  const secondUrl = `http://127.0.0.1:${port}`;
  const addresses = DOMAINS.map((domain, index) => [
    `${domain.toUpperCase()}_URL`,
    `http://127.0.0.1:${first + 1 + index}/graphql`,
  ]);
  let running: Process | null = null;
  return {
    secondUrl,
    async startSecondGateway() {
      const settings = { ...env, ...Object.fromEntries(addresses), PORT: String(port) } as NodeJS.ProcessEnv;
      running = run(process.execPath, ['--enable-source-maps', 'gateway/dist/main.js'], settings);
      await untilReady(secondUrl, running);
      return running;
    },
    stop: async () => void (await running?.stop()),
  };
}
