/**
 * Files are kebab-case and carry at most one role: `place-order.action.ts`, `order.store.ts`, `money.test.ts`.
 *
 * Why: folders are flat, so the file name is where a reader sees the role, and the import fences
 * (.dependency-cruiser.cjs) tell roles apart by suffix: a misspelt one would slip through them.
 */
import { basename } from 'node:path';

const ROLES = 'action|store|loader|type|resolver|events|client|webhook|worker|schema|config';
const WORD = '[a-z0-9]+(?:-[a-z0-9]+)*';
const ALLOWED = new RegExp(`^${WORD}(?:\\.(?:${ROLES}))?(?:\\.test)?\\.(?:ts|js|mjs|cjs)$`);

/** @type {import('eslint').Rule.RuleModule} */
export const fileNameSaysItsRole = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: {
      unknown: `"{{name}}" is not kebab-case with one known role (${ROLES.replaceAll('|', ', ')}) or none.`,
    },
  },
  create: (context) => ({
    Program(node) {
      const name = basename(context.filename);
      const isDotFile = name.startsWith('.');
      if (!isDotFile && !ALLOWED.test(name)) context.report({ node, messageId: 'unknown', data: { name } });
    },
  }),
};
