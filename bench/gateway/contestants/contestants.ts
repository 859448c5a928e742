import { join } from 'node:path';
import { bundleFile } from '../../../scripts/prepare/bundle.js';
import { PEERS_FOLDER } from '../peers/install-peers.js';
import { QUESTION_NAMES } from '../graph/questions.js';
import type { Command, Contestant, ContestantName, Surroundings } from './contestant.js';

const OURS = 'bench/gateway/contestants/dist/storegraph-process.js';
const STOCK = 'bench/gateway/peers/dist/stock-process.js';
const FASTIFY = 'bench/gateway/contestants/dist/fastify-process.js';
const MONOLITH = 'bench/gateway/peers/dist/monolith-process.js';
const ROOT = join(import.meta.dirname, '../../..');
const SERVICE_KEY = 'a-service-key-for-benchmarks-of-32-characters';

export const CONTESTANTS: Readonly<Record<ContestantName, Contestant>> = {
  'storegraph-http': storegraph('storegraph-http', 'over HTTP', ({ urls }) => ({
    SUBGRAPH_URLS: JSON.stringify(urls.http),
  })),
  'storegraph-unix': storegraph('storegraph-unix', 'over Unix sockets', ({ urls }) => ({
    SUBGRAPH_URLS: JSON.stringify(urls.unix),
  })),
  'storegraph-in-process': storegraph('storegraph-in-process', 'in process', () => ({ IN_PROCESS: '1' })),
  'storegraph-cached': {
    ...storegraph('storegraph-cached', 'over HTTP', ({ urls }) => ({
      SUBGRAPH_URLS: JSON.stringify(urls.http),
      KEEP_ANSWERS: '1',
    })),
    title: 'Storegraph, answers kept',
  },
  'stock-http': stock('stock-http', 'over HTTP', {}),
  'stock-in-process': stock('stock-in-process', 'in process', { IN_PROCESS: '1' }),
  'hive-http': hive('hive-http', 'Hive Gateway', []),
  'hive-rust-http': hive('hive-rust-http', 'Hive Gateway, Rust planner', ['--hive-router-runtime']),
  monolith: {
    name: 'monolith',
    title: 'graphql-js monolith with DataLoader',
    questions: QUESTION_NAMES,
    subgraphs: 'none',
    command: (_, port) => ({ args: [join(ROOT, MONOLITH)], env: { PORT: String(port) } }),
  },
  'fastify-bytes': {
    name: 'fastify-bytes',
    title: 'Fastify, the bytes it knows',
    questions: ['list'],
    subgraphs: 'none',
    command: (_, port) => ({ args: [join(ROOT, FASTIFY)], env: { PORT: String(port) } }),
  },
};

/** Bundles the contestants' own files: what is measured has been built, not transpiled while it loads. */
export async function buildContestants(): Promise<void> {
  await Promise.all([
    bundleFile('bench/gateway/contestants/storegraph-process.ts', OURS),
    bundleFile('bench/gateway/contestants/fastify-process.ts', FASTIFY),
    bundleFile('bench/gateway/peers/stock-process.ts', STOCK),
    bundleFile('bench/gateway/peers/monolith-process.ts', MONOLITH),
  ]);
}

function storegraph(
  name: ContestantName,
  subgraphs: Contestant['subgraphs'],
  linksOf: (surroundings: Surroundings) => Command['env'],
): Contestant {
  return {
    name,
    title: 'Storegraph',
    questions: QUESTION_NAMES,
    subgraphs,
    command: (surroundings, port) => ({
      args: ['--max-semi-space-size=64', '--enable-source-maps', join(ROOT, OURS)], // as docker-compose.yml starts it
      env: {
        ...linksOf(surroundings),
        PORT: String(port),
        SERVICE_KEY,
        SUPERGRAPH_FILE: surroundings.supergraphFiles.guarded,
        DRAIN_SECONDS: '0',
        ...(process.env['GATEWAY_EXECUTOR'] ? { GATEWAY_EXECUTOR: process.env['GATEWAY_EXECUTOR'] } : {}),
      },
    }),
  };
}

function stock(
  name: ContestantName,
  subgraphs: Contestant['subgraphs'],
  env: Readonly<Record<string, string>>,
): Contestant {
  return {
    name,
    title: '@apollo/gateway, Apollo Server standalone',
    questions: QUESTION_NAMES,
    subgraphs,
    command: ({ supergraphFiles }, port) => ({
      args: [join(ROOT, STOCK)],
      env: { ...env, PORT: String(port), SUPERGRAPH_FILE: supergraphFiles.open },
    }),
  };
}

/** Hive Gateway by its own command, on an empty configuration. */
function hive(name: ContestantName, title: string, flags: readonly string[]): Contestant {
  return {
    name,
    title,
    questions: QUESTION_NAMES,
    subgraphs: 'over HTTP',
    command: ({ supergraphFiles }, port) => ({
      args: [
        join(PEERS_FOLDER, 'node_modules/@graphql-hive/gateway/dist/bin.js'),
        'supergraph',
        supergraphFiles.open,
        ...['--host', '127.0.0.1', '--port', String(port), '--fork', '1', ...flags],
      ],
      env: {},
    }),
  };
}
