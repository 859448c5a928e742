import { defineConfig } from 'vitest/config';

/**
 * The test rings, cheapest first. `npm test` runs all of them but the journeys,
 * which need built services and run by `npm run test:journeys`.
 */
const ring = (name: string, include: string[]) => ({ extends: true as const, test: { name, include } });

export default defineConfig({
  resolve: {
    // Bundlers prefer graphql's ESM build, Node its CommonJS one; two copies in one process fail with
    // "Cannot use GraphQLSchema from another module or realm". Everyone gets the file Node would take.
    alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }],
  },
  // `await using` is lowered for Node 20; decorators follow tsconfig.json.
  esbuild: { target: 'node20' },
  test: {
    testTimeout: 30_000, // thirty seconds
    hookTimeout: 60_000, // a minute: hooks create and migrate databases
    maxWorkers: 2,
    exclude: ['**/node_modules/**', '**/dist/**', '**/generated/**', 'tests/fences/broken/**'],
    projects: [
      ring('rules', [
        '{packages,subgraphs,prisma}/*/src/**/*.test.ts',
        '{gateway,standalone}/src/**/*.test.ts',
      ]),
      ring('packages', ['packages/*/tests/**/*.test.ts']),
      ring('services', [
        '{subgraphs,prisma}/*/tests/**/*.test.ts',
        '{gateway,standalone}/tests/**/*.test.ts',
      ]),
      ring('supergraph', ['tests/{supergraph,resilience}/**/*.test.ts']),
      ring('fences', ['tests/{fences,deploy,schema}/**/*.test.ts']),
      ring('journeys', ['tests/journeys/**/*.test.ts']),
    ],
    coverage: {
      provider: 'v8',
      include: ['{packages,subgraphs}/*/src/**/*.ts', '{gateway,standalone}/src/**/*.ts'],
      exclude: ['**/*.test.ts', '**/generated/**', '**/main.ts'],
      reporter: ['text-summary', 'json-summary'],
      thresholds: { lines: 80, functions: 80, statements: 80, branches: 80 },
    },
  },
});
