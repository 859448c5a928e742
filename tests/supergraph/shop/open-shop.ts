import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databaseUrl, dropDatabase } from '../../../packages/database/src/index.js';
import { createProofSigner, type Viewer } from '../../../packages/identity/src/index.js';
import { postgresForTests } from '../../../packages/testkit/src/postgres.js';
import type { DemoShop } from '../../../standalone/src/demo/demo-data.js';
import { generateDemoShop } from '../../../standalone/src/demo/demo-shop.js';
import { DOMAINS, type Domains, type OnStatement } from '../../../standalone/src/domains.js';
import { seedGoods, type SeededGoods } from '../../../standalone/src/seed/seed-goods.js';
import { seedOpinions } from '../../../standalone/src/seed/seed-opinions.js';
import { seedPeople, type SeededPeople } from '../../../standalone/src/seed/seed-people.js';
import { seedPictures } from '../../../standalone/src/seed/seed-pictures.js';
import { seedTrade } from '../../../standalone/src/seed/seed-trade.js';
import { startStandalone } from '../../../standalone/src/standalone.js';

/** Nothing the shop runs on has this address, so any other host in an answer is a leak. */
export const PUBLIC_URL = 'https://shop.test';

/** The relays and the jobs work on the same pools at their own pace. */
const BACKGROUND = /outbox_events|inbox_events|import_jobs|^(un)?listen\b/i;
const HOUR = '3600';
const PROOF_MILLIS = 30_000; // half a minute

/** Five databases are made, migrated and filled, on a machine that may be busy. */
export const OPENING_MILLIS = 180_000; // three minutes

export type Domain = (typeof DOMAINS)[number];

/** Gateway and five domains at work in this process, with a small demonstration shop inside. */
export type Shop = AsyncDisposable & {
  readonly url: string;
  readonly domains: Domains;
  /** What was put into it. */
  readonly demo: DemoShop;
  readonly people: SeededPeople;
  readonly goods: SeededGoods;
  /** Every SQL statement that requests sent, by domain, since the last `forgetStatements()`. */
  readonly statements: ReadonlyMap<Domain, string[]>;
  forgetStatements(): void;
  /** The name of a domain's database, and a superuser's way to the server it is on. */
  databaseOf(domain: Domain): string;
  readonly serverUrl: string;
  /** A proof of origin as the gateway signs it, for who goes past the gateway. */
  proofOf(viewer: Viewer): string;
  /** Resolves when what happened so far has reached every domain. */
  settled(): Promise<void>;
};

type ShopOptions = {
  /** Whether the gateway may answer without asking the domains. @default true */
  keepsAnswers?: boolean;
  /** Environment variables of gateway and domains that matter to a test. */
  settings?: NodeJS.ProcessEnv;
  /** A superuser's URL of the PostgreSQL to use. @default the one all tests share */
  postgresUrl?: string;
  /** The Redis that carries events, live messages and kept answers. @default none: all of it in this process */
  redisUrl?: string;
};

/** Opens the shop on databases and in a folder of its own, which are gone when it is closed. */
export async function openShop({
  keepsAnswers = true,
  settings = {},
  postgresUrl,
  redisUrl,
}: ShopOptions = {}): Promise<Shop> {
  const serverUrl = postgresUrl ?? (await postgresForTests());
  const base = new URL(serverUrl);
  base.pathname = `/test_shop_${randomBytes(5).toString('hex')}`;
  const folder = await mkdtemp(join(tmpdir(), 'storegraph-supergraph-'));
  const serviceKey = randomBytes(32).toString('hex');
  const signProof = createProofSigner({ issuer: 'gateway', key: serviceKey });
  const statements = new Map<Domain, string[]>(DOMAINS.map((domain) => [domain, []]));
  const remove = async () => {
    await Promise.all(DOMAINS.map((domain) => dropDatabase({ url: databaseUrl(base.href, domain) })));
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const onStatement: OnStatement = (domain, text, kind) => {
      if (kind === 'query' && !BACKGROUND.test(text)) statements.get(domain as Domain)?.push(text);
    };
    const answerCache = keepsAnswers ? (redisUrl ? 'redis' : 'memory') : 'off';
    const place = { databaseUrl: base.href, redisUrl, folder, serviceKey };
    const running = await start({ ...place, answerCache, settings, onStatement });
    const { domains } = running;
    const settled = async () => {
      // What one domain makes of an event may be news for another.
      for (let round = 0; round < 3; round += 1) for (const { drained } of domains.all) await drained();
    };
    const seeded = await seed(domains);
    await settled();
    return {
      ...seeded,
      url: running.url,
      domains,
      serverUrl,
      statements,
      settled,
      proofOf: (viewer) =>
        String(signProof({ viewer, correlationId: randomUUID(), deadlineAt: Date.now() + PROOF_MILLIS })),
      databaseOf: (domain) => new URL(databaseUrl(base.href, domain)).pathname.slice(1),
      forgetStatements: () => statements.forEach((texts) => (texts.length = 0)),
      async [Symbol.asyncDispose]() {
        await running.close();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

function start(place: {
  databaseUrl: string;
  redisUrl: string | undefined;
  folder: string;
  serviceKey: string;
  settings: NodeJS.ProcessEnv;
  answerCache: 'memory' | 'redis' | 'off';
  onStatement: OnStatement;
}) {
  return startStandalone(
    {
      // As in production: no introspection, no playground, no suggestions.
      nodeEnv: 'production',
      host: '127.0.0.1',
      port: 0,
      publicUrl: PUBLIC_URL,
      dataDir: place.folder,
      databaseUrl: place.databaseUrl,
      databasePort: undefined,
      redisUrl: place.redisUrl,
      logLevel: 'silent',
      serviceKeys: [place.serviceKey],
      demo: false,
      answerCache: place.answerCache,
      stripeSecretKey: undefined,
      version: 'test',
    },
    {
      IMPORT_FOLDER: join(place.folder, 'imports'),
      SWEEP_SECONDS: HOUR,
      RECONCILE_SECONDS: HOUR,
      LOGIN_ATTEMPTS_PER_ADDRESS: '100000',
      ...place.settings,
    },
    { progress: (_what, work) => work(), onStatement: place.onStatement },
  );
}

async function seed(domains: Domains): Promise<Pick<Shop, 'demo' | 'people' | 'goods'>> {
  const now = new Date();
  const demo = withBusySellers(generateDemoShop({ products: 24, orders: 10, reviews: 60 }));
  const people = await seedPeople(domains, demo, now);
  const goods = await seedGoods(domains, demo, { people, now });
  await seedTrade(domains, demo, { goods, now });
  await seedPictures(domains, demo, { people, goods });
  await seedOpinions(domains, demo, { people, goods, now });
  return { demo, people, goods };
}

/** So few products leave the sellers with next to nothing: they get every other one, in turn. */
function withBusySellers(demo: DemoShop): DemoShop {
  const products = demo.products.map((product, index) => {
    const seller = demo.sellers[Math.floor(index / 2) % demo.sellers.length];
    return index % 2 === 0 && seller ? { ...product, sellerSlug: seller.slug } : product;
  });
  return { ...demo, products };
}
