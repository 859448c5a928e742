/**
 * Which way imports go, as rules one can say aloud. tests/fences proves that each of them bites.
 * A slice is a folder in subgraphs/<domain>/src; a file's role is the suffix of its name.
 */
const { join } = require('node:path');

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });
const role = (...roles) => `\\.(${roles.join('|')})\\.ts$`;

const RULES_FILE = '^subgraphs/[^/]+/src/[^/]+/[^/.]+\\.ts$'; // a file inside a slice with no role suffix
const DRIVERS =
  'node_modules/(type-graphql|graphql|graphql-ws|@apollo|@prisma|pg|ioredis|fastify|undici|stripe|nodemailer|sharp|@aws-sdk)/';
const INPUT_OUTPUT = '^(node:)?(fs|fs/promises|http|https|net|tls|dns|child_process|worker_threads)$';
const DEPLOYABLES = '^(subgraphs|gateway|standalone)/';

module.exports = {
  forbidden: [
    rule(
      'rules-stay-pure',
      'order.ts knows other rules and small packages: no I/O, no GraphQL',
      { path: RULES_FILE },
      {
        path: [
          role('action', 'store', 'loader', 'type', 'resolver', 'events', 'webhook', 'client'),
          '^prisma/',
          '^packages/(database|subgraph-server)/',
          DRIVERS,
          INPUT_OUTPUT,
        ],
      },
    ),
    rule(
      'resolvers-stay-thin',
      'a resolver asks an action or a loader, never the database or a third party',
      { path: role('resolver') },
      { path: [role('store', 'client'), '^prisma/'] },
    ),
    rule(
      'only-stores-query',
      'one role owns persistence; the root files only open the connection',
      { path: '^subgraphs/', pathNot: [role('store'), '^subgraphs/[^/]+/src/[^/]+\\.ts$', '/tests/'] },
      { path: '^prisma/' },
    ),
    rule(
      'a-domain-owns-its-database',
      'orders never opens the catalog database, and the gateway opens none',
      { path: '^(?:subgraphs/([^/]+)|gateway|standalone)/' },
      { path: '^prisma/', pathNot: '^prisma/$1/' },
    ),
    rule(
      'a-store-is-private-to-its-slice',
      'ask the other slice through its rules, actions or loaders',
      { path: '^subgraphs/([^/]+)/src/([^/]+)/' },
      { path: `^subgraphs/.+${role('store', 'resolver', 'client')}`, pathNot: '^subgraphs/$1/src/$2/' },
    ),
    rule(
      'deployables-meet-in-the-schema-and-on-the-bus',
      'no source import between them; only standalone, which is all of them in one process, may assemble',
      { path: '^(subgraphs/[^/]+|gateway)/' },
      { path: DEPLOYABLES, pathNot: '^$1/' },
    ),
    rule(
      'packages-know-no-deployable',
      'arrows point down',
      { path: '^(packages|prisma/[^/]+)/' },
      { path: [DEPLOYABLES, '^prisma/'], pathNot: '^$1/' },
    ),
    rule(
      'no-cycles',
      'GraphQL types may name each other through thunks; nothing else may',
      { pathNot: role('type') },
      { circular: true },
    ),
    rule(
      'shipped-code-knows-no-tests',
      'the testkit and test folders stay out of what runs in production',
      { path: '/src/', pathNot: ['\\.test\\.ts$', '^packages/testkit/'] },
      { path: ['^packages/testkit/', '/tests/', '\\.test\\.ts$'] },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(generated|dist)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: join(__dirname, 'tsconfig.json') },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json'],
    },
  },
};
