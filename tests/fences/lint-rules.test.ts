import { join } from 'node:path';
import { ESLint } from 'eslint';
import { beforeAll, describe, expect, test, vi } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

/** Lints `source` as if it stood in `filePath`, which must exist for the typed rules to place it. */
describe('lint rules', () => {
  let eslint: ESLint;
  // The first text loads the types of the whole repository.
  vi.setConfig({ testTimeout: 120_000 });
  beforeAll(() => {
    eslint = new ESLint({
      cwd: ROOT,
      // With CI set, typescript-eslint takes a file's types from the disk instead of from the text given.
      overrideConfig: {
        files: ['**/*.ts'],
        languageOptions: { parserOptions: { disallowAutomaticSingleRunInference: true } },
      },
    });
  });

  async function rulesBrokenBy(source: string, filePath = 'packages/ids/src/index.ts'): Promise<string[]> {
    const [result] = await eslint.lintText(source, { filePath: join(ROOT, filePath) });
    return (result?.messages ?? []).map((message) => message.ruleId ?? message.message);
  }

  const PROMISE = 'const later = async (): Promise<void> => {};\n';

  test.each([
    ['a floating promise', `${PROMISE}later();`, '@typescript-eslint/no-floating-promises'],
    ['a promise as a condition', `${PROMISE}if (later()) later;`, '@typescript-eslint/no-misused-promises'],
    ['any', 'export const x: any = 1;', '@typescript-eslint/no-explicit-any'],
    [
      'a switch that forgets a member',
      `export function f(x: 'a' | 'b'): void { switch (x) { case 'a': } }`,
      '@typescript-eslint/switch-exhaustiveness-check',
    ],
    [
      'a type imported as a value',
      `import { Server } from 'node:net';\nexport type S = Server;`,
      '@typescript-eslint/consistent-type-imports',
    ],
    [
      'a fourth parameter',
      'export function f(_a = 1, _b = 2, _c = 3, _d = 4): void {}',
      'no-restricted-syntax',
    ],
    [
      'a fourth parameter of a plain method',
      'export class C { f(_a = 1, _b = 2, _c = 3, _d = 4): void {} }',
      'no-restricted-syntax',
    ],
    ['the environment read outside config.ts', 'export const x = process.env.X;', 'no-restricted-properties'],
    ['console output', `console.log('x');`, 'no-console'],
    ['a file of 301 lines', 'export {};\n'.repeat(301), 'max-lines'],
    ['code in a comment', '// const left = over();\nexport {};', 'storegraph/no-commented-out-code'],
    [
      'a GraphQL field without a type thunk',
      `import { Field } from 'type-graphql';\nexport class C { @Field() name!: string }`,
      'storegraph/explicit-graphql-type',
    ],
    [
      'a GraphQL argument without a type thunk',
      `import { Arg } from 'type-graphql';\nexport class C { f(@Arg('name') _name: string): void {} }`,
      'storegraph/explicit-graphql-type',
    ],
  ])('report %s', async (_name, source, rule) => {
    expect(await rulesBrokenBy(source)).toContain(rule);
  });

  test.each(['OrderStore.ts', 'order.helper.ts', 'order_store.ts'])(
    'report a file named %s',
    async (name) => {
      const [result] = await eslint.lintText('', {
        filePath: join(ROOT, 'scripts/lint-rules', `${name.slice(0, -3)}.js`),
      });
      expect(result?.messages.map((message) => message.ruleId)).toContain(
        'storegraph/file-name-says-its-role',
      );
    },
  );

  test.each([
    [
      'a constructor with four parameters',
      'export class C { constructor(_a = 1, _b = 2, _c = 3, _d = 4) {} }',
    ],
    [
      'a decorated resolver method with four parameters',
      `import { Query, Arg } from 'type-graphql';
       export class C { @Query(() => String) f(@Arg('a', () => String) a: string, _b = 2, _c = 3, _d = 4): string { return a; } }`,
    ],
    [
      'a resolver as graphql-js calls it',
      'export const f = (_parent: 1, _args: 2, _context: 3, info: 4) => info;',
    ],
    ['a docblock with an example in it', '/**\n * const order = placeOrder(deps);\n */\nexport {};'],
    ['a comment in words', '// A late webhook (see below) is stored; then it is acted upon.\nexport {};'],
  ])('let %s pass', async (_name, source) => {
    expect(await rulesBrokenBy(source)).toEqual([]);
  });

  test('let config.ts read the environment', async () => {
    expect(await rulesBrokenBy('export const x = process.env.X;', 'vitest.config.ts')).toEqual([]);
  });
});
