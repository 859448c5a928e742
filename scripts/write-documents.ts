/**
 * Writes the manifest of trusted documents, schema/documents.json, from the operations clients were promised. With
 * `--check` it writes nothing and fails when the file would change.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, parse, print, visit, type DocumentNode, type FragmentDefinitionNode } from 'graphql';
import { keepCommitted } from './schema/keep-committed.js';
import { SCHEMA_FOLDER } from './schema/subgraph-sources.js';

const FOLDER = join(SCHEMA_FOLDER, 'operations');

/** One operation as Apollo's clients read it (format "apollo-persisted-query-manifest"). */
type ManifestOperation = { id: string; name: string; type: string; body: string };

const operations = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.graphql'))
  .flatMap((name) => operationsIn(parse(readFileSync(join(FOLDER, name), 'utf8'), { noLocation: true })))
  .sort((one, other) => (one.name < other.name ? -1 : 1));
const manifest = { format: 'apollo-persisted-query-manifest', version: 1, operations };
keepCommitted(
  join(SCHEMA_FOLDER, 'documents.json'),
  `${JSON.stringify(manifest, null, 2)}\n`,
  'npm run documents',
);

/** Each operation of a file with the fragments it reaches, printed, under the hash of that text. */
function operationsIn(document: DocumentNode): ManifestOperation[] {
  return document.definitions.flatMap((operation) => {
    if (operation.kind !== Kind.OPERATION_DEFINITION) return [];
    const definitions = [operation, ...fragmentsOf(operation, document)];
    const body = print({ kind: Kind.DOCUMENT, definitions });
    const id = createHash('sha256').update(body).digest('hex');
    return [{ id, name: operation.name?.value ?? '', type: operation.operation, body }];
  });
}

function fragmentsOf(
  from: DocumentNode['definitions'][number],
  document: DocumentNode,
  reached = new Set<FragmentDefinitionNode>(),
): ReadonlySet<FragmentDefinitionNode> {
  visit(from, {
    FragmentSpread({ name }) {
      for (const definition of document.definitions) {
        if (definition.kind !== Kind.FRAGMENT_DEFINITION || definition.name.value !== name.value) continue;
        if (reached.has(definition)) continue;
        reached.add(definition);
        fragmentsOf(definition, document, reached);
      }
    },
  });
  return reached;
}
