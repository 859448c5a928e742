import { readFile } from 'node:fs/promises';
import { createRedisCache, createRedisPubSub } from '@storegraph/events';
import { createProofSigner } from '@storegraph/identity';
import { createLogger, newCorrelationId, setLogLevel, startTracing } from '@storegraph/observability';
import { createRemoteLink, readSubgraphAddress, type SubgraphLink } from '@storegraph/subgraph-server';
import { loadConfig, type AnswerCacheSettings, type ServiceSettings } from './config.js';
import { isAlive } from './fetching/sign-of-life.js';
import { startGateway } from './gateway.js';
import type { Forwarding } from './http/forward.js';
import type { Readiness } from './http/health.js';
import { remoteKeys } from './identity/remote-keys.js';
import { watchSupergraph } from './supergraph/watch-supergraph.js';

/** Longer than any operation: the gateway's own deadlines come first. */
const LINK_TIMEOUT_MILLIS = 15_000;

/** After the drain; what has not let go by then is left to the system. */
const STOP_WITHIN_MILLIS = 6_500;

const settings = loadConfig(process.env);
setLogLevel(settings.logLevel);
const log = createLogger('gateway');
const tracing = await startTracing({
  service: 'gateway',
  version: settings.config.version,
  log,
});
const links = Object.entries(settings.subgraphs).map(([name, url]) =>
  createRemoteLink({ name, url, timeoutMillis: LINK_TIMEOUT_MILLIS }),
);
const answers = settings.answerCache && openAnswerCache(settings.answerCache);
const persistedQueryCache = settings.redis ? createRedisCache(settings.redis) : undefined;
const gateway = await startGateway({
  config: settings.config,
  supergraphSdl: await readFile(settings.supergraphFile, 'utf8'),
  documentManifest: await readFile(settings.documentsFile, 'utf8'),
  links,
  proxies: forwardings(settings.subgraphs),
  accessTokens: { keys: remoteKeys(settings.subgraphs.accounts), ...settings.tokens },
  serviceKeys: settings.serviceKeys,
  readiness: someSubgraphAnswers(links, settings),
  answerCache: answers ?? undefined,
  persistedQueryCache,
});
log.info({ url: gateway.url }, 'listening');

const watch = watchSupergraph(settings.supergraphFile, { serve: gateway.serve, log });
process.on('SIGHUP', () => void watch.check());

const stop = async (signal: string): Promise<void> => {
  log.info({ signal }, 'stopping');
  setTimeout(() => process.exit(1), (settings.config.drainMillis ?? 0) + STOP_WITHIN_MILLIS).unref();
  watch.close();
  await gateway.close();
  await Promise.all([
    answers?.pubsub.close(),
    persistedQueryCache?.close(),
    ...links.map((link) => link.close()),
  ]);
  await tracing.close();
};
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(signal));

function openAnswerCache({ redisUrl, redisPrefix: prefix, isShared }: AnswerCacheSettings) {
  return {
    pubsub: createRedisPubSub({ redisUrl, prefix }),
    redis: isShared ? { url: redisUrl, prefix } : undefined,
  };
}

/** Which paths beside GraphQL belong to which domain. */
function forwardings({ accounts, catalog, orders, media }: ServiceSettings['subgraphs']): Forwarding[] {
  const to = (url: string, ...prefixes: string[]) => {
    const { origin, socketPath } = readSubgraphAddress(url);
    return prefixes.map((prefix) => ({ prefix, origin, socketPath }));
  };
  return [
    ...to(accounts, '/.well-known/jwks.json'),
    ...to(catalog, '/imports'),
    ...to(orders, '/webhooks'),
    ...to(media, '/media', '/thumb', '/uploads'),
  ];
}

/** A gateway without some subgraph serves the others; without any it serves nothing. */
function someSubgraphAnswers(all: readonly SubgraphLink[], { serviceKeys }: ServiceSettings): Readiness {
  const signProof = createProofSigner({ issuer: 'gateway', key: serviceKeys[0] });
  return async () => {
    const proof = signProof({
      viewer: { kind: 'service', name: 'gateway' },
      correlationId: newCorrelationId(),
      deadlineAt: Date.now() + LINK_TIMEOUT_MILLIS,
    });
    const answers = await Promise.all(all.map((link) => isAlive(link, proof)));
    return { supergraph: 'ok', subgraphs: answers.some(Boolean) ? 'ok' : 'unavailable' };
  };
}
