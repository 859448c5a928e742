import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = resolve(import.meta.dirname, '../..');
export const SCHEMA_FOLDER = join(ROOT, 'schema');
export const SUPERGRAPH_FILE = join(SCHEMA_FOLDER, 'supergraph.graphql');

/** A subgraph as composition sees it. */
export interface SubgraphSource {
  name: string;
  /** Where a router finds it in the compose topology; other topologies map names to addresses themselves. */
  url: string;
  sdl: string;
}

const MODULES = [
  { name: 'accounts', file: 'subgraphs/accounts/src/subgraph.ts', url: 'http://accounts:4001/graphql' },
  { name: 'catalog', file: 'subgraphs/catalog/src/subgraph.ts', url: 'http://catalog:4002/graphql' },
  { name: 'orders', file: 'subgraphs/orders/src/subgraph.ts', url: 'http://orders:4003/graphql' },
  { name: 'media', file: 'subgraphs/media/src/subgraph.ts', url: 'http://media:4004/graphql' },
  { name: 'reviews', file: 'subgraphs/reviews/src/subgraph.ts', url: 'http://reviews:4005/graphql' },
  { name: 'platform', file: 'gateway/src/platform/platform.schema.ts', url: 'http://gateway:4000/platform' },
];

/** The SDL of every subgraph as its code emits it now; needs no database. */
export async function emitSubgraphs(): Promise<SubgraphSource[]> {
  const sources: SubgraphSource[] = [];
  for (const { name, file, url } of MODULES.filter((module) => existsSync(join(ROOT, module.file)))) {
    const exported = (await import(pathToFileURL(join(ROOT, file)).href)) as Record<string, unknown>;
    const emitter = [exported, ...Object.values(exported)].find(emitsSchema);
    if (!emitter) throw new Error(`${file} must export buildSchema(), or a subgraph definition that has it`);
    sources.push({ name, url, sdl: `${emitter.buildSchema().sdl.trim()}\n` });
  }
  return sources;
}

function emitsSchema(value: unknown): value is { buildSchema(): { sdl: string } } {
  return typeof (value as { buildSchema?: unknown } | undefined)?.buildSchema === 'function';
}

/** The SDL of every subgraph as committed under schema/. */
export function readSubgraphs(): SubgraphSource[] {
  if (!existsSync(SCHEMA_FOLDER)) return [];
  const present = new Set(readdirSync(SCHEMA_FOLDER));
  return MODULES.filter(({ name }) => present.has(`${name}.graphql`)).map(({ name, url }) => ({
    name,
    url,
    sdl: readFileSync(join(SCHEMA_FOLDER, `${name}.graphql`), 'utf8'),
  }));
}
