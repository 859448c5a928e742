import { randomUUID } from 'node:crypto';
import type { ExecutionResult } from 'graphql';
import { connectMessaging, type DomainEvent, type Messaging } from '@storegraph/events';
import { createProofSigner, type ClientDevice, type Viewer } from '@storegraph/identity';
import { setLogLevel } from '@storegraph/observability';
import {
  mapEvents,
  startSubgraph,
  type RequestContext,
  type RunningSubgraph,
  type SubgraphDefinition,
  type SubgraphLink,
} from '@storegraph/subgraph-server';
import { guest } from './viewers.js';
import { testDatabase } from './test-database.js';

/** The key test subgraphs trust, for a gateway in front of them. */
export const TEST_SERVICE_KEY = 'a-service-key-that-only-tests-ever-use';
const PATIENCE_MILLIS = 30_000;
/** The relay, the consumers and their gauges work on the same pool at their own pace. */
const BACKGROUND = /outbox_events|inbox_events|dead_letters|^(un)?listen\b/i;

type Data = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- answers are looked into freely by tests

/** An answer a test looks into. */
export type Asked = Omit<ExecutionResult, 'data'> & {
  readonly data: Data;
  readonly code: string | undefined;
};

/** A whole subgraph on a database of its own, asked as the gateway would ask it. */
export type TestSubgraph<Deps> = AsyncDisposable & {
  readonly subgraph: RunningSubgraph<Deps>;
  readonly deps: Deps;
  readonly messaging: Messaging;
  /** Every SQL statement requests sent, transaction control aside, since the last `statements.length = 0`. */
  readonly statements: string[];
  /** Asks as the viewer, a guest unless told; `code` is the first error's. */
  ask(query: string, variables?: Record<string, unknown>, viewer?: Viewer): Promise<Asked>;
  subscribe(
    query: string,
    variables: Record<string, unknown>,
    viewer?: Viewer,
  ): Promise<AsyncIterableIterator<Asked>>;
  /** Hands the domain an event, as the bus would; resolves when it has been handled. */
  receive(owner: string, event: DomainEvent): Promise<void>;
  /** A proof of the viewer, on a device if one matters, as the gateway signs it. */
  proofOf(viewer: Viewer, device?: ClientDevice): string;
};

/** Starts a domain for a test: real PostgreSQL, in-process messaging, and no other domain unless one is linked. */
export async function startTestSubgraph<
  Config,
  Deps,
  Context extends RequestContext,
  Prisma extends { $disconnect(): Promise<void>; $transaction(...work: never[]): Promise<unknown> },
>(
  definition: SubgraphDefinition<Config, Deps, Context, Prisma>,
  options: {
    config: Config;
    links?: Readonly<Record<string, SubgraphLink>>;
    messaging?: Messaging;
    now?: () => Date;
    poolSize?: number;
  },
): Promise<TestSubgraph<Deps>> {
  setLogLevel('silent');
  const database = await testDatabase(definition.name);
  const messaging = options.messaging ?? connectMessaging();
  const statements: string[] = [];
  const letGo = async () => {
    if (!options.messaging) await messaging.close();
    await database[Symbol.asyncDispose]();
  };
  const subgraph = await startSubgraph(definition, {
    config: options.config,
    databaseUrl: database.url,
    poolSize: options.poolSize,
    messaging,
    serviceKeys: [TEST_SERVICE_KEY],
    now: options.now,
    onStatement: (text, kind) => {
      if (kind === 'query' && !BACKGROUND.test(text)) statements.push(text);
    },
    link: (name) => {
      const link = options.links?.[name];
      if (!link) throw new TypeError(`this test links no subgraph ${name}`);
      return link;
    },
  }).catch(async (error: unknown) => {
    await letGo();
    throw error;
  });
  const sign = createProofSigner({ issuer: 'gateway', key: TEST_SERVICE_KEY });
  const proofOf = (viewer: Viewer, device?: ClientDevice) =>
    String(sign({ viewer, device, correlationId: randomUUID(), deadlineAt: Date.now() + PATIENCE_MILLIS }));

  return {
    subgraph,
    deps: subgraph.deps,
    messaging,
    statements,
    proofOf,
    receive: (owner, event) => messaging.bus.publish(owner, event),
    async ask(query, variables = {}, viewer = guest) {
      return asked(await subgraph.execute({ query, variables, proof: proofOf(viewer) }));
    },
    async subscribe(query, variables, viewer = guest) {
      const events = await subgraph.subscribe({ query, variables, proof: proofOf(viewer) });
      return mapEvents(events, (result) => Promise.resolve(asked(result)));
    },
    async [Symbol.asyncDispose]() {
      await subgraph.close();
      await letGo();
    },
  };
}

function asked(result: ExecutionResult): Asked {
  return {
    ...result,
    data: result.data ?? {},
    code: result.errors?.[0]?.extensions['code'] as string | undefined,
  };
}
