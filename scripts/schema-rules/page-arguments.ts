import { Kind, type FieldDefinitionNode } from 'graphql';
import type { Finding } from './finding.js';
import { hasDirective, namedTypeOf, type SubgraphView } from './subgraph-view.js';

const MAXIMUM_PAGE = 100;

/**
 * A field that answers a connection takes `first: Int` with a default of 1 to 100, takes `after: String`, and
 * tells its size to cost analysis by @listSize. A `first` elsewhere obeys the same default.
 */
export function pagesAreBounded(subgraphs: SubgraphView[]): Finding[] {
  return subgraphs.flatMap((subgraph) =>
    [...subgraph.types.values()].flatMap((type) =>
      type.fields.flatMap((field) =>
        problemsOf(field).map((message) => ({
          rule: 'pages-are-bounded',
          at: `${subgraph.name} ${type.name}.${field.name.value}`,
          message,
        })),
      ),
    ),
  );
}

function problemsOf(field: FieldDefinitionNode): string[] {
  const isConnection = namedTypeOf(field.type).endsWith('Connection');
  const first = field.arguments?.find((argument) => argument.name.value === 'first');
  const after = field.arguments?.find((argument) => argument.name.value === 'after');
  const problems: string[] = [];
  if (isConnection && (!first || !after)) problems.push('a connection takes `first` and `after`');
  if (isConnection && !hasDirective(field, 'listSize')) problems.push('a connection has @listSize');
  if (first) {
    const size = first.defaultValue?.kind === Kind.INT ? Number(first.defaultValue.value) : undefined;
    const isBounded = size !== undefined && size >= 1 && size <= MAXIMUM_PAGE;
    if (!isBounded) problems.push(`\`first\` has a default from 1 to ${MAXIMUM_PAGE}`);
  }
  return problems;
}
