import { Kind, type DocumentNode, type GraphQLSchema } from 'graphql';
import type { SelectedOperation } from '../planning/select-operation.js';
import { collectFields } from './cost/collect-fields.js';

/** The `@tag` of root fields that try a credential: a password, a token, a code. */
const TAG = 'attempt';

/** Coordinates of the fields that count as attempts. */
export function readAttemptFields(supergraph: DocumentNode): ReadonlySet<string> {
  const names = new Set<string>();
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    for (const { name, directives = [] } of definition.fields ?? [])
      if (
        directives.some(
          (directive) => directive.name.value === 'tag' && says(directive.arguments?.[0]?.value),
        )
      )
        names.add(`${definition.name.value}.${name.value}`);
  }
  return names;
}

function says(value: { kind: string; value?: unknown } | undefined): boolean {
  return value?.kind === Kind.STRING && value.value === TAG;
}

/** How many attempts an operation makes, aliases counted one by one. */
export function countAttempts(
  { operation, fragments }: SelectedOperation,
  { schema, attempts }: { schema: GraphQLSchema; attempts: ReadonlySet<string> },
): number {
  const root = schema.getRootType(operation.operation);
  if (!root || attempts.size === 0) return 0;
  const groups = collectFields(operation.selectionSet.selections, root, { schema, fragments });
  return [...groups.values()].filter(
    ({ nodes: [node] }) => node && attempts.has(`${root.name}.${node.name.value}`),
  ).length;
}
