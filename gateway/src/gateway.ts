import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import type { JWTVerifyGetKey } from 'jose';
import type { Cache } from '@storegraph/events';
import { createAccessTokenVerifier, createProofSigner, type ProofSigner } from '@storegraph/identity';
import { createLogger, type Logger } from '@storegraph/observability';
import { watchQuiet, type SubgraphLink } from '@storegraph/subgraph-server';
import {
  createAnswerKeeping,
  type AnswerCacheOptions,
  type AnswerKeeping,
} from './caching/answer-keeping.js';
import { cacheRuleOf } from './caching/http-cache-rule.js';
import type { GatewayConfig } from './config.js';
import { createDocuments, type Documents } from './documents/find-document.js';
import { createPersistedQueries } from './documents/persisted-queries.js';
import {
  NO_TRUSTED_DOCUMENTS,
  readTrustedDocuments,
  type TrustedDocuments,
} from './documents/trusted-documents.js';
import { createEngine, EXECUTORS, type Engine } from './execution/engine.js';
import { tellDegraded } from './fetching/degraded.js';
import { createSubgraphClients, type SubgraphClients } from './fetching/subgraph-client.js';
import type { FetchSubgraph } from './fetching/subgraph-fetch.js';
import { forwardTo, type Forwarding } from './http/forward.js';
import { addGraphqlRoute } from './http/graphql-route.js';
import { addHealth, type Readiness } from './http/health.js';
import { createHttpApp } from './http/http-app.js';
import { addInsight } from './insight/add-insight.js';
import { explainAnswers } from './insight/explain.js';
import { createOperationRecorder } from './insight/record-operation.js';
import { traceOperations } from './insight/trace-operations.js';
import { watchFetches } from './insight/watch-fetches.js';
import { createAuthenticate } from './identity/authenticate.js';
import { createAcceptDocument } from './limits/accept-document.js';
import { guardEngine } from './limits/guard-engine.js';
import type { Guard } from './limits/guard.js';
import { openLimits, type Limits } from './limits/limits.js';
import type { QuoteOperation } from './limits/quote.js';
import { addRealtime } from './realtime/realtime.js';
import { createServiceCheck } from './platform/check-services.js';
import { createPlatformLink } from './platform/platform-link.js';
import { addPlayground } from './playground/playground-routes.js';
import type { DemoLogin } from './playground/playground.js';
import { createTraitsOf } from './realtime/subscription-traits.js';
import { createLoad, type Load } from './shedding/load.js';
import { countOperations, shedOperations, shedRequests } from './shedding/shed-requests.js';
import type { LoadedSupergraph } from './supergraph/load-supergraph.js';
import {
  serveSupergraph,
  type OpenedSupergraph,
  type ServedSupergraph,
} from './supergraph/served-supergraph.js';

const REQUEST_TIMEOUT_MILLIS = 10_000;
/** A hanging subgraph must cost the client less than three seconds. */
const FETCH_TIMEOUT_MILLIS = 2_500;

const SLOW_OPERATION_MILLIS = 1_000;

const OPERATIONS_AT_ONCE = 200;
const LATE_MILLIS = 700;

/** Connections that are still busy this long after everybody was told to leave are cut off. */
const SHUTDOWN_MILLIS = 3_000;

export type GatewayOptions = {
  readonly config: GatewayConfig;
  /** The standard supergraph, security directives included: `schema/supergraph.graphql`. */
  readonly supergraphSdl: string;
  /** The text of a manifest of trusted documents: `schema/documents.json`. */
  readonly documentManifest?: string;
  /** Where gateways share the documents clients registered. Closed by whoever made it. */
  readonly persistedQueryCache?: Cache | undefined;
  /** One way to each subgraph, in process or remote. A subgraph without one counts as unavailable. */
  readonly links: readonly SubgraphLink[];
  /** HTTP routes of domains that live in this process. */
  readonly routes?: readonly FastifyPluginAsync[];
  /** Paths that belong to domains which live elsewhere. */
  readonly proxies?: readonly Forwarding[];
  readonly accessTokens: {
    /** Finds the public key of a token. Throws jose's `JWKSTimeout` while the keys cannot be had. */
    readonly keys: JWTVerifyGetKey;
    readonly issuer: string;
    readonly audience: string;
  };
  /** The current service key first, then those being retired. */
  readonly serviceKeys: readonly [string, ...string[]];
  /** Accounts the playground offers to sign in as. Ignored where there is no playground. */
  readonly demo?: { readonly logins: readonly DemoLogin[] };
  /** Where answers are kept; they are not when this is absent. */
  readonly answerCache?: AnswerCacheOptions | undefined;
  /** How the things the gateway needs are, for `/health/ready`. */
  readonly readiness?: Readiness;
};

export type RunningGateway = {
  readonly url: string;
  readonly port: number;
  /** Serves another supergraph from now on (`ServedSupergraph.serve`). */
  serve: ServedSupergraph['serve'];
  /** Says "not ready", waits until nobody sends any more, lets running requests finish, then stops listening. Links stay open: whoever made them closes them. */
  close(): Promise<void>;
};

/**
 * Opens the public door.
 *
 * @throws {SupergraphRefused} when the supergraph's access rules cannot be enforced; nothing listens then
 */
export async function startGateway(options: GatewayOptions): Promise<RunningGateway> {
  const { config, readiness = () => Promise.resolve({}) } = options;
  const { drainMillis = 0, operationsAtOnce = OPERATIONS_AT_ONCE, lateMillis = LATE_MILLIS } = config;
  const timeoutMillis = config.requestTimeoutMillis ?? REQUEST_TIMEOUT_MILLIS;
  const log = createLogger('gateway');
  const signProof = createProofSigner({ issuer: 'gateway', key: options.serviceKeys[0] });
  const authenticate = createAuthenticate(createAccessTokenVerifier(options.accessTokens));
  const { subgraphs, checkServices } = reachSubgraphs(options, {
    signProof,
    quoteOperation: (...asked) => served.quoteOperation(...asked),
    log,
  });
  const keeping = options.answerCache && createAnswerKeeping(options.answerCache, log);
  const load = createLoad({ operations: operationsAtOnce, delayMillis: lateMillis });
  const limits = openLimits(config.limits ?? {});
  const trusted = trustedDocuments(options);
  const served = serveSupergraph({
    sdl: options.supergraphSdl,
    open: (supergraph) =>
      openSupergraph(supergraph, { config, keeping, limits, load, fetch: subgraphs.fetch }),
    promised: trusted.sources,
  });
  const slowMillis = config.slowOperationMillis ?? SLOW_OPERATION_MILLIS;
  const record = createOperationRecorder({ log, slowMillis });

  let draining = false;
  const app = await createHttpApp({ config, log, isDraining: () => draining });
  const quiet = watchQuiet(app);
  shedRequests(app, load);
  const { version } = config;
  addHealth(app, { version, readiness, isDraining: () => draining });
  const { health } = subgraphs;
  const insight = addInsight(app, { version, readiness, authenticate, checkServices, health });
  const answering = {
    ...limits,
    ...served,
    documents: knownDocuments(trusted, options, log),
    authenticate,
    signProof,
    timeoutMillis,
    log,
    record,
  };
  addGraphqlRoute(app, answering);
  if (config.playground)
    addPlayground(app, { logins: options.demo?.logins ?? [], publicUrl: config.publicUrl });
  for (const routes of options.routes ?? []) await app.register(routes);
  for (const proxy of options.proxies ?? []) await app.register(forwardTo(proxy, log));

  const acceptDocument = shedOperations(served.acceptDocument, load);
  const realtime = addRealtime(app, { ...answering, acceptDocument, config, link: subgraphs.link });
  const url = await app.listen({ host: config.host, port: config.port });
  void served.warm(); // Who asks before a plan is made has it made then.
  return {
    url,
    port: Number(new URL(url).port),
    serve: served.serve,
    async close() {
      draining = true;
      await sleep(drainMillis);
      if (drainMillis > 0) await quiet.untilQuiet();
      await realtime.close();
      await closeWhenIdle(app);
      served.close();
      subgraphs.close();
      load.close();
      await keeping?.close();
      insight.close();
      limits.close();
    },
  };
}

/** Lets requests that are being answered finish, for as long as there is patience. */
async function closeWhenIdle(app: FastifyInstance): Promise<void> {
  const patience = setTimeout(() => app.server.closeAllConnections(), SHUTDOWN_MILLIS);
  await app.close();
  clearTimeout(patience);
}

/** Every subgraph there is a way to, the gateway's own among them. */
function reachSubgraphs(
  { config, links, serviceKeys }: GatewayOptions,
  { signProof, quoteOperation, log }: { signProof: ProofSigner; quoteOperation: QuoteOperation; log: Logger },
): { subgraphs: SubgraphClients; checkServices: ReturnType<typeof createServiceCheck> } {
  const checkServices = createServiceCheck({
    links,
    signProof,
    health: () => subgraphs.health(),
    version: config.version,
  });
  const platform = createPlatformLink({ serviceKeys, checkServices, quoteOperation, log });
  const subgraphs = createSubgraphClients({
    links: [...links, platform],
    timeoutMillis: config.fetchTimeoutMillis ?? FETCH_TIMEOUT_MILLIS,
    signProof,
    log,
  });
  return { subgraphs, checkServices };
}

function trustedDocuments({ documentManifest }: GatewayOptions): TrustedDocuments {
  return documentManifest === undefined ? NO_TRUSTED_DOCUMENTS : readTrustedDocuments(documentManifest);
}

function knownDocuments(
  trusted: TrustedDocuments,
  { config, persistedQueryCache: shared }: GatewayOptions,
  log: Logger,
): Documents {
  return createDocuments({
    trusted,
    allowList: config.allowList ?? 'off',
    persisted: (config.persistedQueries ?? true) ? createPersistedQueries({ shared }) : null,
    log,
  });
}

type Surroundings = {
  readonly config: GatewayConfig;
  readonly keeping: AnswerKeeping | undefined;
  readonly limits: Limits;
  readonly load: Load;
  readonly fetch: FetchSubgraph;
};

/** All that is different for each supergraph. */
function openSupergraph(supergraph: LoadedSupergraph, surroundings: Surroundings): OpenedSupergraph {
  const { config, limits, load } = surroundings;
  const acceptDocument = createAcceptDocument(supergraph.schema, config);
  const { guard, quoteOperation } = limits.of(supergraph, acceptDocument);
  return {
    engine: countOperations(assembleEngine(supergraph, guard, surroundings), load),
    acceptDocument,
    guard,
    quoteOperation,
    traitsOf: createTraitsOf(supergraph),
    cacheRule: cacheRuleOf(supergraph),
  };
}

/** What answers operations, from the inside out: asking the subgraphs, keeping what they said, telling about it. */
function assembleEngine(
  supergraph: LoadedSupergraph,
  guard: Guard,
  { config, keeping, fetch }: Surroundings,
): Engine {
  const createExecutor = EXECUTORS[config.executor ?? 'compiled'];
  const kept = keeping?.entities(supergraph);
  const executing = createEngine(supergraph, watchFetches(fetch), { createExecutor, kept });
  const answering = keeping?.over(executing, supergraph) ?? executing;
  return explainAnswers(traceOperations(tellDegraded(guardEngine(answering, guard))));
}
