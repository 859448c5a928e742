import { readFile } from 'node:fs/promises';
import { createProofSigner } from '@storegraph/identity';
import { createLogger, newCorrelationId, setLogLevel } from '@storegraph/observability';
import { createRemoteLink, type SubgraphLink } from '@storegraph/subgraph-server';
import { loadConfig, type ServiceSettings } from './config.js';
import { startGateway } from './gateway.js';
import type { Forwarding } from './http/forward.js';
import type { Readiness } from './http/health.js';
import { remoteKeys } from './identity/remote-keys.js';
import { isAlive } from './platform/check-services.js';

/** Longer than any operation: the gateway's own deadlines come first. */
const LINK_TIMEOUT_MILLIS = 15_000;

const settings = loadConfig(process.env);
setLogLevel(settings.logLevel);
const log = createLogger('gateway');
const links = Object.entries(settings.subgraphs).map(([name, url]) =>
  createRemoteLink({ name, url, timeoutMillis: LINK_TIMEOUT_MILLIS }),
);
const gateway = await startGateway({
  config: settings.config,
  supergraphSdl: await readFile(settings.supergraphFile, 'utf8'),
  links,
  proxies: forwardings(settings.subgraphs),
  accessTokens: { keys: remoteKeys(settings.subgraphs.accounts), ...settings.tokens },
  serviceKeys: settings.serviceKeys,
  readiness: someSubgraphAnswers(links, settings),
});
log.info({ url: gateway.url }, 'listening');

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    log.info({ signal }, 'stopping');
    void gateway.close().then(() => Promise.all(links.map((link) => link.close())));
  });
}

/** Which paths beside GraphQL belong to which domain. */
function forwardings({ accounts, catalog, orders, media }: ServiceSettings['subgraphs']): Forwarding[] {
  const to = (url: string, ...prefixes: string[]) =>
    prefixes.map((prefix) => ({ prefix, origin: new URL(url).origin }));
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
    const proof = await signProof({
      viewer: { kind: 'service', name: 'gateway' },
      correlationId: newCorrelationId(),
      deadlineAt: Date.now() + LINK_TIMEOUT_MILLIS,
    });
    const answers = await Promise.all(all.map((link) => isAlive(link, proof)));
    return { supergraph: 'ok', subgraphs: answers.some(Boolean) ? 'ok' : 'unavailable' };
  };
}
