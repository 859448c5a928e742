/**
 * Writes schema/access-matrix.md: who may see each protected field, read from the supergraph's directives with the
 * gateway's own code. With `--check` it writes nothing and fails when the file would change.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accessMatrix, ROLES, type Row } from './schema/access-matrix.js';
import { keepCommitted } from './schema/keep-committed.js';
import { SCHEMA_FOLDER, SUPERGRAPH_FILE } from './schema/subgraph-sources.js';

const HEAD = `# Who may see what

Made from the access directives of \`supergraph.graphql\` by \`npm run access-matrix\`; a change of it is a change of who sees
what. \`yes\`: whoever has the role. \`own\`: only their own, which the subgraph that holds the object decides. Fields that are
not listed are open to everyone; root fields that are say so below. A rule of a type holds for each of its fields.
`;

const { rules, open } = accessMatrix(readFileSync(SUPERGRAPH_FILE, 'utf8'));
const text = `${HEAD}
${table(['field', 'rule', ...ROLES], rules.map(cellsOf))}
## Open to everyone

${open.map((field) => `- \`${field}\``).join('\n')}
`;
keepCommitted(join(SCHEMA_FOLDER, 'access-matrix.md'), text, 'npm run access-matrix');

function cellsOf({ at, rule, verdicts }: Row): string[] {
  return [`\`${at}\``, rule, ...ROLES.map((role) => verdicts[role])];
}

/** Padded, so that a diff shows the row that changed and no other formatting is wanted. */
function table(head: readonly string[], rows: readonly string[][]): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |\n`;
  return line(head) + line(widths.map((width) => '-'.repeat(width))) + rows.map(line).join('');
}
