import type { FastifyPluginAsync } from 'fastify';
import type { JWTVerifyGetKey } from 'jose';
import { createAccessTokenVerifier, createProofSigner } from '@storegraph/identity';
import { createLogger } from '@storegraph/observability';
import type { SubgraphLink } from '@storegraph/subgraph-server';
import type { GatewayConfig } from './config.js';
import { createEngine } from './execution/engine.js';
import { createSubgraphClients } from './fetching/subgraph-client.js';
import { forwardTo, type Forwarding } from './http/forward.js';
import { addGraphqlRoute } from './http/graphql-route.js';
import { startGraphqlServer } from './http/graphql-server.js';
import { addHealth, type Readiness } from './http/health.js';
import { createHttpApp } from './http/http-app.js';
import { createAuthenticate } from './identity/authenticate.js';
import { createAcceptDocument } from './limits/accept-document.js';
import { acceptSockets } from './realtime/socket-server.js';
import { createServiceCheck } from './platform/check-services.js';
import { createPlatformLink } from './platform/platform-link.js';
import { addPlayground } from './playground/playground-routes.js';
import type { DemoLogin } from './playground/playground.js';
import { loadSupergraph } from './supergraph/load-supergraph.js';

const REQUEST_TIMEOUT_MILLIS = 10_000;
/** A hanging subgraph must cost the client less than three seconds. */
const FETCH_TIMEOUT_MILLIS = 2_800;

/** Connections that are still busy this long after the gateway began to leave are cut off. */
const SHUTDOWN_MILLIS = 7_000;

export type GatewayOptions = {
  readonly config: GatewayConfig;
  /** The standard supergraph, security directives included: `schema/supergraph.graphql`. */
  readonly supergraphSdl: string;
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
  /** How the things the gateway needs are, for `/health/ready`. */
  readonly readiness?: Readiness;
};

export type RunningGateway = {
  readonly url: string;
  readonly port: number;
  /** Says "not ready", lets running requests finish, then stops listening. Links stay open: whoever made them closes them. */
  close(): Promise<void>;
};

/**
 * Opens the public door.
 *
 * @throws {SupergraphRefused} when the supergraph's access rules cannot be enforced; nothing listens then
 */
export async function startGateway(options: GatewayOptions): Promise<RunningGateway> {
  const { config } = options;
  const log = createLogger('gateway');
  const supergraph = loadSupergraph(options.supergraphSdl);
  const signProof = createProofSigner({ issuer: 'gateway', key: options.serviceKeys[0] });
  const authenticate = createAuthenticate(createAccessTokenVerifier(options.accessTokens));
  const platform = createPlatformLink({
    serviceKeys: options.serviceKeys,
    checkServices: createServiceCheck({
      links: options.links,
      signProof,
      health: () => subgraphs.health(),
    }),
    log,
  });
  const subgraphs = createSubgraphClients({
    links: [...options.links, platform],
    timeoutMillis: config.fetchTimeoutMillis ?? FETCH_TIMEOUT_MILLIS,
    log,
  });
  const engine = createEngine(supergraph, subgraphs.fetch);
  const server = await startGraphqlServer({ ...config, engine, supergraphSdl: supergraph.sdl, log });

  let draining = false;
  const app = await createHttpApp({ config, log, isDraining: () => draining });
  addHealth(app, {
    version: config.version,
    readiness: options.readiness ?? (() => Promise.resolve({})),
    isDraining: () => draining,
  });
  const timeoutMillis = config.requestTimeoutMillis ?? REQUEST_TIMEOUT_MILLIS;
  addGraphqlRoute(app, { server, authenticate, signProof, timeoutMillis });
  if (config.playground)
    addPlayground(app, { logins: options.demo?.logins ?? [], publicUrl: config.publicUrl });
  for (const routes of options.routes ?? []) await app.register(routes);
  for (const proxy of options.proxies ?? []) await app.register(forwardTo(proxy, log));

  const sockets = acceptSockets(app.server, {
    engine,
    acceptDocument: createAcceptDocument(engine.schema, config),
    authenticate,
    signProof,
    timeoutMillis,
    trustProxy: config.trustProxy ?? false,
    link: subgraphs.link,
    log,
  });
  const url = await app.listen({ host: config.host, port: config.port });
  return {
    url,
    port: Number(new URL(url).port),
    async close() {
      draining = true;
      await new Promise((resolve) => setTimeout(resolve, config.drainMillis ?? 0));
      await sockets.close();
      const patience = setTimeout(() => app.server.closeAllConnections(), SHUTDOWN_MILLIS);
      await app.close();
      clearTimeout(patience);
      await server.stop();
    },
  };
}
