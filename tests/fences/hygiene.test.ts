import { describe, expect, test } from 'vitest';
import { unwantedText } from '../../scripts/hygiene/unwanted-text.js';
import { disagreeingVersions, looseVersions } from '../../scripts/hygiene/versions.js';

// Samples are put together here, so that this file does not hold what it forbids.
const join = (...parts: string[]): string => parts.join('');

describe('unwanted text', () => {
  test.each([
    ['a registry host', join('https://regis', 'try.npmjs.org/graphql')],
    ['a home folder', join('cd /ho', 'me/ada/shop')],
    ['a Mac home folder', join('"/Us', 'ers/ada/shop"')],
    ['the root folder', join('path: /ro', 'ot/shop')],
    ['a private key', join('-----BEGIN PRIV', 'ATE KEY-----\\n', 'M'.repeat(48))],
    ['a live Stripe key', join('sk_li', 've_', 'a1'.repeat(10))],
    ['an AWS key', join('AK', 'IA', 'ABCDEFGH12345678')],
    ['a GitHub token', join('gh', 'p_', 'a1'.repeat(18))],
    [
      'a signed token',
      join('ey', 'JhbGciOiJFZERTQSJ9', '.ey', 'JzdWIiOiJ1c2VyXzEyMyJ9', '.', 'x'.repeat(43)),
    ],
  ])('%s is reported with its line', (_name, sample) => {
    expect(unwantedText(`first line\n${sample}`)).toEqual([
      { line: 2, reason: expect.any(String) as unknown },
    ]);
  });

  test.each([
    '/app/node_modules',
    '/home/node/.cache',
    'https://example.com/work/now',
    'a/root/b',
    'sk_test_sandbox',
  ])('%s passes', (sample) => {
    expect(unwantedText(sample)).toEqual([]);
  });
});

describe('versions', () => {
  const manifest = (dependencies: Record<string, string>) => [
    { file: 'package.json', manifest: { dependencies } },
  ];

  test.each(['^1.2.3', '~1.2.3', '1.x', 'latest', '*', '>=1.0.0', '1.2', 'git+https://example.com/x'])(
    'the range %s is reported',
    (version) => {
      expect(looseVersions(manifest({ graphql: version }))).toHaveLength(1);
    },
  );

  test.each(['1.2.3', '2.0.0-rc.4', '7.10.0-4.0edf323efd1d9'])('the exact %s passes', (version) => {
    expect(looseVersions(manifest({ graphql: version }))).toEqual([]);
  });

  test('two workspaces pinning one dependency differently are reported', () => {
    const manifests = [...manifest({ graphql: '16.15.0' }), ...manifest({ graphql: '16.14.0' })];
    expect(disagreeingVersions(manifests)).toHaveLength(1);
    expect(disagreeingVersions(manifest({ graphql: '16.15.0' }))).toEqual([]);
  });
});
