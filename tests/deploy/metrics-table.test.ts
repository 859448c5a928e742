import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const SOURCES = ['gateway/src', 'packages', 'subgraphs', 'standalone/src'];

const OTHERS = /node_modules|dist|generated|tests?\/|\.test\.ts$/;

const filesIn = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !OTHERS.test(file))
    .map((file) => join(ROOT, folder, file));

const defined = SOURCES.flatMap((folder) => filesIn(folder)).flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/\b(?:counter|gauge|histogram|distribution)\(\s*'([a-z_]+)'/g)].map(
    ([, name = '']) => name,
  ),
);
const [, table = ''] = readFileSync(join(ROOT, 'docs/observability.md'), 'utf8').split('## Metrics');
const told = [...table.matchAll(/^\| `([a-z_]+)`/gm)].map(([, name = '']) => name);

test('docs/observability.md lists every metric that is defined, and no other', () => {
  expect(defined.length).toBeGreaterThan(15);
  expect([...told].sort()).toEqual([...new Set(defined)].sort());
});

test('names of metrics say their unit or that they count', () => {
  const oddities = new Set(['dead_letters', 'subgraph_circuit_state', 'graphql_subscriptions_active']);
  const proper = /_(seconds|bytes|total|info|entries|events|connections|requests|ratio|points)$/;
  expect(defined.filter((name) => !proper.test(name) && !oddities.has(name))).toEqual([]);
});
