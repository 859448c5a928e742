import tseslint from 'typescript-eslint';
import { explicitGraphqlType } from './scripts/lint-rules/explicit-graphql-type.js';
import { fileNameSaysItsRole } from './scripts/lint-rules/file-name-says-its-role.js';
import { noCommentedOutCode } from './scripts/lint-rules/no-commented-out-code.js';

const MORE_THAN_THREE = 'Three parameters at most: gather the rest in one named object.';
const READS_ENVIRONMENT = 'Only config.ts reads the environment; take the value from the typed config.';

export default tseslint.config(
  {
    ignores: ['**/generated/', '**/dist/', '**/coverage/', '**/.data/', '**/.turbo/', 'tests/fences/broken/'],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,js,mjs,cjs}'],
    plugins: {
      storegraph: {
        rules: {
          'explicit-graphql-type': explicitGraphqlType,
          'file-name-says-its-role': fileNameSaysItsRole,
          'no-commented-out-code': noCommentedOutCode,
        },
      },
    },
    rules: {
      'storegraph/file-name-says-its-role': 'error',
      'storegraph/no-commented-out-code': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'prefer-const': 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommended],
    languageOptions: {
      parserOptions: { project: ['./tsconfig.json'], tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/only-throw-error': 'error',
      // Inside try, `return promise` leaves before the catch can see its failure.
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
      'storegraph/explicit-graphql-type': 'error',
      // max-params has no way to let constructors and resolver methods (@Root, @Args, @Ctx …) through.
      'no-restricted-syntax': [
        'error',
        { selector: 'FunctionDeclaration[params.length>3]', message: MORE_THAN_THREE },
        {
          // graphql-js calls a resolver with (parent, args, context, info).
          selector: 'ArrowFunctionExpression[params.length>3]:not([params.3.name="info"])',
          message: MORE_THAN_THREE,
        },
        {
          selector: ':not(MethodDefinition) > FunctionExpression[params.length>3]',
          message: MORE_THAN_THREE,
        },
        {
          selector:
            'MethodDefinition[kind!="constructor"][decorators.length=0] > FunctionExpression[params.length>3]',
          message: MORE_THAN_THREE,
        },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: READS_ENVIRONMENT },
      ],
      'no-restricted-imports': [
        'error',
        {
          paths: ['node:process', 'process'].map((name) => ({
            name,
            importNames: ['env'],
            message: READS_ENVIRONMENT,
          })),
        },
      ],
    },
  },
  {
    files: [
      '**/config.ts',
      '**/*.config.ts',
      'scripts/**',
      'bench/**',
      '**/tests/**',
      'tests/**',
      '**/*.test.ts',
    ],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    // main.ts hands the environment, whole, to its config.ts; the testkit finds the test database in it.
    // What starts PostgreSQL passes its own environment on to the child.
    files: ['**/src/main.ts', 'packages/testkit/**', 'packages/database/src/embedded/child-settings.ts'],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    files: ['scripts/**', 'bench/**'],
    rules: { 'no-console': 'off' },
  },
  {
    // A suite is one function by construction; its cases are what should be short.
    files: ['**/*.test.ts'],
    rules: { 'max-lines-per-function': 'off' },
  },
);
