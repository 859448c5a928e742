/**
 * Writes the SDL each subgraph emits to schema/<domain>.graphql and their composition to
 * schema/supergraph.graphql. With `--check` it writes nothing and fails when a file would change.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { hintsAreExpected } from './schema-rules/composition-hints.js';
import { composeSubgraphs } from './schema/compose.js';
import { emitSubgraphs, SCHEMA_FOLDER, SUPERGRAPH_FILE } from './schema/subgraph-sources.js';

const isCheck = process.argv.includes('--check');

const sources = await emitSubgraphs();
const composition = composeSubgraphs(sources);
if (composition.kind === 'refused') {
  console.error(
    `The subgraphs do not compose:\n${composition.problems.map((problem) => `  - ${problem}`).join('\n')}`,
  );
  process.exit(1);
}
for (const { at, message } of hintsAreExpected(composition.hints)) console.warn(`hint ${at}: ${message}`);

const files = new Map(sources.map(({ name, sdl }) => [join(SCHEMA_FOLDER, `${name}.graphql`), sdl]));
files.set(SUPERGRAPH_FILE, composition.supergraphSdl);
const changed = [...files].filter(([file, text]) => !existsSync(file) || readFileSync(file, 'utf8') !== text);

if (isCheck && changed.length > 0) {
  const names = changed.map(([file]) => relative(process.cwd(), file)).join(', ');
  console.error(`The code emits another schema than the one committed: ${names}. Run \`npm run schema\`.`);
  process.exit(1);
}
mkdirSync(SCHEMA_FOLDER, { recursive: true });
for (const [file, text] of changed) writeFileSync(file, text);
console.log(`${sources.length} subgraphs compose; ${changed.length} of ${files.size} files changed.`);
// Modules of a subgraph may keep timers; nothing is left to wait for.
process.exit(0);
