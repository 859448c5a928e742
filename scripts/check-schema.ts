/**
 * Holds the committed schema to the graph's own rules: composition hints, nullability, descriptions, who may
 * ask, page sizes, the shape of mutations, changes that break clients, and the operations we promise to keep.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { breaksAreAccepted, type AcceptedBreak } from './schema-rules/breaking-changes.js';
import { hintsAreExpected } from './schema-rules/composition-hints.js';
import { everythingIsDescribed } from './schema-rules/descriptions.js';
import type { Finding } from './schema-rules/finding.js';
import {
  addedFieldsAreNullable,
  foreignEntitiesAreNullable,
  protectedFieldsAreNullable,
} from './schema-rules/nullability.js';
import { listsSayTheirSize } from './schema-rules/list-sizes.js';
import { operationsAreValid } from './schema-rules/operations.js';
import { entitiesHaveOneOwner, ownershipOf } from './schema-rules/ownership.js';
import { pagesAreBounded } from './schema-rules/page-arguments.js';
import { mutationsHaveOneShape, rootFieldsSayWhoMayAsk } from './schema-rules/root-fields.js';
import { viewSubgraph } from './schema-rules/subgraph-view.js';
import { composeSubgraphs } from './schema/compose.js';
import { apiSchemaOf, fileAt } from './schema/history.js';
import { readSubgraphs, SCHEMA_FOLDER } from './schema/subgraph-sources.js';

const sources = readSubgraphs();
if (sources.length === 0) {
  console.error('No schema/*.graphql to check. Run `npm run schema`.');
  process.exit(1);
}
const composition = composeSubgraphs(sources);
if (composition.kind === 'refused') {
  console.error(`The subgraphs do not compose:\n${composition.problems.join('\n')}`);
  process.exit(1);
}

const { supergraphSdl, hints } = composition;
const subgraphs = sources.map(viewSubgraph);
const owners = ownershipOf(subgraphs);
const findings: Finding[] = [
  ...hintsAreExpected(hints),
  ...entitiesHaveOneOwner(subgraphs),
  ...addedFieldsAreNullable(subgraphs, owners),
  ...foreignEntitiesAreNullable(subgraphs, owners),
  ...protectedFieldsAreNullable(subgraphs),
  ...rootFieldsSayWhoMayAsk(subgraphs),
  ...mutationsHaveOneShape(subgraphs),
  ...pagesAreBounded(subgraphs),
  ...listsSayTheirSize(subgraphs),
  ...everythingIsDescribed(supergraphSdl),
  ...operationsAreValid(apiSchemaOf(supergraphSdl), readOperations()),
  ...(await breaksSinceCommitted(supergraphSdl)),
];

for (const { rule, at, message } of findings) console.error(`${rule}  ${at}: ${message}`);
console.log(`${sources.length} subgraphs checked, ${findings.length} findings.`);
process.exitCode = findings.length === 0 ? 0 : 1;

function readOperations(): { file: string; text: string }[] {
  const folder = join(SCHEMA_FOLDER, 'operations');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.graphql'))
    .map((name) => ({ file: name, text: readFileSync(join(folder, name), 'utf8') }));
}

/** Against the last commit for what is being worked on, against the one before for what was just committed. */
async function breaksSinceCommitted(now: string): Promise<Finding[]> {
  const acceptedFile = join(SCHEMA_FOLDER, 'accepted-breaks.json');
  const accepted = existsSync(acceptedFile)
    ? (JSON.parse(readFileSync(acceptedFile, 'utf8')) as AcceptedBreak[])
    : [];
  const earlier = ['HEAD~1', 'HEAD'].map((revision) => fileAt(revision, 'schema/supergraph.graphql'));
  const after = apiSchemaOf(now);
  const found = new Map<string, Finding>();
  for (const before of earlier) {
    if (before === null || before === now) continue;
    for (const finding of await breaksAreAccepted({ before: apiSchemaOf(before), after }, accepted)) {
      found.set(finding.at, finding);
    }
  }
  return [...found.values()];
}
