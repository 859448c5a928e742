import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

export type Asset = {
  readonly type: string;
  readonly body: Buffer;
  readonly gzipped: Buffer;
  readonly etag: string;
};

const JAVASCRIPT = 'text/javascript; charset=utf-8';
const CSS = 'text/css; charset=utf-8';

const ours = (file: string) => () => readFile(new URL(`./browser/${file}`, import.meta.url), 'utf8');

/** GraphiQL comes as strings in a module of nine megabytes: loaded when the first visitor comes. */
const graphiql = () => import('@graphql-yoga/render-graphiql/graphiql');

const SOURCES: Readonly<Record<string, { type: string; read: () => Promise<string> }>> = {
  'playground.js': { type: JAVASCRIPT, read: ours('playground.js') },
  'sessions.js': { type: JAVASCRIPT, read: ours('sessions.js') },
  'live.js': { type: JAVASCRIPT, read: ours('live.js') },
  'playground.css': { type: CSS, read: ours('playground.css') },
  'graphiql.js': { type: JAVASCRIPT, read: async () => (await graphiql()).js },
  'graphiql.css': { type: CSS, read: async () => (await graphiql()).css },
  'editorWorkerService.js': { type: JAVASCRIPT, read: async () => (await graphiql()).editorWorkerService },
  'json.js': { type: JAVASCRIPT, read: async () => (await graphiql()).jsonWorker },
  'graphql.js': { type: JAVASCRIPT, read: async () => (await graphiql()).graphqlWorker },
};

const compress = promisify(gzip);
const loaded = new Map<string, Promise<Asset>>();

/** A file of the playground, or `null` when there is none of that name. Loaded once. */
export function findAsset(name: string): Promise<Asset> | null {
  const source = Object.hasOwn(SOURCES, name) ? SOURCES[name] : undefined;
  if (!source) return null;
  const asset = loaded.get(name) ?? load(source);
  loaded.set(name, asset);
  return asset;
}

async function load({ type, read }: { type: string; read: () => Promise<string> }): Promise<Asset> {
  const body = Buffer.from(await read());
  const etag = `"${createHash('sha256').update(body).digest('base64url')}"`;
  return { type, body, gzipped: await compress(body), etag };
}
