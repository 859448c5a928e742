import {
  GraphQLError,
  Kind,
  parse,
  type ExecutionResult,
  type FieldNode,
  type SelectionSetNode,
} from 'graphql';
import type { SubgraphFetch } from './subgraph-fetch.js';

type Outage = { readonly code: 'SUBGRAPH_UNAVAILABLE' | 'DEADLINE_EXCEEDED'; readonly message: string };

export const UNAVAILABLE: Outage = {
  code: 'SUBGRAPH_UNAVAILABLE',
  message: 'This part of the shop is unavailable for the moment.',
};
export const TOO_LATE: Outage = { code: 'DEADLINE_EXCEEDED', message: 'The answer took too long.' };

/** The answer in place of the subgraph's: nothing, and why, without a word about hosts and ports. */
export function outageAnswer(fetch: SubgraphFetch, { code, message }: Outage): ExecutionResult {
  const [path = undefined, ...others] = errorPaths(fetch);
  return {
    data: null,
    errors: [path, ...others].map((one) => new GraphQLError(message, { path: one, extensions: { code } })),
  };
}

/** Gives errors that speak of the whole request, such as a refused proof, the place they leave empty. */
export function placeErrors(fetch: SubgraphFetch, result: ExecutionResult): ExecutionResult {
  if (!result.errors?.some((error) => !error.path)) return result;
  const [path] = errorPaths(fetch);
  return {
    ...result,
    errors: result.errors.map((error) =>
      error.path ? error : new GraphQLError(error.message, { path, extensions: error.extensions }),
    ),
  };
}

/** Where a failed fetch leaves gaps: each root field it asks, or the first field of the first entity. */
function errorPaths({ query }: SubgraphFetch): (string | number)[][] {
  const operation = parse(query, { noLocation: true }).definitions.find(
    ({ kind }) => kind === Kind.OPERATION_DEFINITION,
  );
  const roots = operation && 'selectionSet' in operation ? fieldsOf(operation.selectionSet) : [];
  const [first] = roots;
  if (first?.name.value !== '_entities') return roots.map((field) => [keyOf(field)]);
  const [gap] = fieldsOf(first.selectionSet).filter(({ name }) => name.value !== '__typename');
  return [['_entities', 0, ...(gap ? [keyOf(gap)] : [])]];
}

function fieldsOf(selectionSet: SelectionSetNode | undefined): FieldNode[] {
  return (selectionSet?.selections ?? []).flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection];
    return selection.kind === Kind.INLINE_FRAGMENT ? fieldsOf(selection.selectionSet) : [];
  });
}

function keyOf(field: FieldNode): string {
  return field.alias?.value ?? field.name.value;
}
