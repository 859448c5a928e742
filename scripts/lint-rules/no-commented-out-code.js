/**
 * Comments are sentences, not code that was switched off.
 *
 * Why: version control remembers deleted code; a reader cannot tell whether a commented-out line is a
 * warning, a plan or a leftover. Examples belong into docblocks, which this rule leaves alone.
 */
const CODE_LINES = [
  /^(?:import|export)\s.*\bfrom\b.*['"];?$/,
  /^(?:const|let|var)\s+[\w{[][^=]*=.*;$/,
  /^(?:return|throw|await)\b.*;$/,
  /^(?:if|for|while|switch)\s*\(.*\)\s*\{?$/,
  /^[\w$.[\]]+\(.*\);$/,
  /^[\w$.[\]]+\s*[-+]?=\s[^=].*;$/,
  /^\}(?:\s*else\b.*)?[;,)]*$/,
];

/** @type {import('eslint').Rule.RuleModule} */
export const noCommentedOutCode = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: { code: 'Commented-out code: delete it, or say in words what it was meant to tell.' },
  },
  create: (context) => ({
    Program() {
      for (const comment of context.sourceCode.getAllComments()) {
        if (comment.value.startsWith('*')) continue;
        const lines = comment.value.split('\n').map((line) => line.trim());
        if (lines.some((line) => CODE_LINES.some((pattern) => pattern.test(line)))) {
          context.report({ loc: comment.loc, messageId: 'code' });
        }
      }
    },
  }),
};
