/**
 * Our gateway with production's settings and every protection that is on by default, as `gateway/src/main.ts` and
 * `standalone/src` start it: subgraphs over HTTP or sockets, or with `IN_PROCESS` in this process; with `KEEP_ANSWERS`,
 * answers that may be kept are kept.
 */
import { readFileSync } from 'node:fs';
import { generateKeyPair } from 'jose';
import { startGateway } from '@storegraph/gateway';
import { loadConfig } from '@storegraph/gateway/config';
import { createInProcessPubSub } from '@storegraph/events';
import { createProofVerifier } from '@storegraph/identity';
import { createLogger, setLogLevel } from '@storegraph/observability';
import {
  createExecutor,
  createRemoteLink,
  enforceAccess,
  type SubgraphLink,
} from '@storegraph/subgraph-server';
import { buildSubgraph } from '../graph/build-subgraph.js';
import { SUBGRAPH_NAMES, type SubgraphName } from '../graph/subgraphs.js';

const LINK_TIMEOUT_MILLIS = 15_000; // as gateway/src/main.ts has it

const settings = loadConfig(process.env);
setLogLevel(settings.logLevel);
const { publicKey } = await generateKeyPair('EdDSA');
const urls = JSON.parse(process.env['SUBGRAPH_URLS'] ?? '{}') as Record<SubgraphName, string>;
const gateway = await startGateway({
  config: settings.config,
  supergraphSdl: readFileSync(settings.supergraphFile, 'utf8'),
  links: SUBGRAPH_NAMES.map(process.env['IN_PROCESS'] ? linkInProcess : linkOverWire),
  accessTokens: { keys: () => publicKey, ...settings.tokens },
  serviceKeys: settings.serviceKeys,
  answerCache: process.env['KEEP_ANSWERS'] ? { pubsub: createInProcessPubSub() } : undefined,
});
process.once('SIGTERM', () => void gateway.close().then(() => process.exit()));

function linkOverWire(name: SubgraphName): SubgraphLink {
  return createRemoteLink({ name, url: urls[name], timeoutMillis: LINK_TIMEOUT_MILLIS });
}

function linkInProcess(name: SubgraphName): SubgraphLink {
  const schema = buildSubgraph(name, 'guarded');
  enforceAccess(schema, {});
  const { execute, subscribe } = createExecutor({
    schema,
    verifyProof: createProofVerifier({ keys: settings.serviceKeys }),
    createContext: (request) => request,
    log: createLogger(name),
  });
  return { name, execute, subscribe, close: () => Promise.resolve() };
}
