import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const CONFIGS = [
  'packages/subgraph-server/src/service-config.ts',
  'packages/observability/src/config.ts',
  'gateway/src/config.ts',
  'gateway/src/limits/limits-config.ts',
  'standalone/src/config.ts',
  ...readdirSync(join(ROOT, 'subgraphs')).map((domain) => `subgraphs/${domain}/src/config.ts`),
].filter((file) => existsSync(join(ROOT, file)));

const namesIn = (file: string, pattern: RegExp): string[] =>
  [...readFileSync(join(ROOT, file), 'utf8').matchAll(pattern)].map((match) => match[1] ?? '');

/** Settings are declared as `NAME: z.…` or used by docker compose as `${NAME…}`. */
const read = new Set([
  ...CONFIGS.flatMap((file) => namesIn(file, /^\s+([A-Z][A-Z0-9_]+):/gm)),
  ...namesIn('docker-compose.yml', /\$\{([A-Z][A-Z0-9_]+)/g),
]);
const explained = namesIn('.env.example', /^(?:# )?([A-Z][A-Z0-9_]+)=/gm);

test('.env.example explains every setting that a config.ts reads', () => {
  expect([...read].filter((name) => !explained.includes(name))).toEqual([]);
});

test('.env.example explains nothing that nobody reads, and nothing twice', () => {
  expect(explained.filter((name, index) => !read.has(name) || explained.indexOf(name) !== index)).toEqual([]);
});
