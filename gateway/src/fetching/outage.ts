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
type Path = readonly (string | number)[];

export const UNAVAILABLE: Outage = {
  code: 'SUBGRAPH_UNAVAILABLE',
  message: 'This part of the shop is unavailable for the moment.',
};
export const TOO_LATE: Outage = { code: 'DEADLINE_EXCEEDED', message: 'The answer took too long.' };

/**
 * The answer in place of the subgraph's: nothing, and why, without a word about hosts and ports. `serviceName` is for
 * the gateway itself; no client sees it.
 */
export function outageAnswer(fetch: SubgraphFetch, { code, message }: Outage): ExecutionResult {
  const extensions = { code, serviceName: fetch.subgraph };
  return {
    data: null,
    errors: errorPaths(fetch).map((path) => new GraphQLError(message, { path, extensions })),
  };
}

/** Gives errors that speak of the whole request, such as a refused proof, the place they leave empty. */
export function placeErrors(fetch: SubgraphFetch, result: ExecutionResult): ExecutionResult {
  if (!result.errors?.some((error) => !error.path || isOutage(error))) return result;
  const [first] = errorPaths(fetch);
  return {
    ...result,
    errors: result.errors.map((error) => {
      const { message, path = first, extensions } = error;
      if (error.path && !isOutage(error)) return error;
      const named = isOutage(error) ? { ...extensions, serviceName: fetch.subgraph } : extensions;
      return new GraphQLError(message, { path, extensions: named });
    }),
  };
}

function isOutage({ extensions }: GraphQLError): boolean {
  return extensions['code'] === UNAVAILABLE.code;
}

const REMEMBERED = 1_000;
const remembered = new Map<string, readonly Path[]>();

/** Where a failed fetch leaves gaps. Remembered: while a subgraph is away, the same few queries fail all the time. */
function errorPaths({ query }: SubgraphFetch): readonly (Path | undefined)[] {
  const known = remembered.get(query);
  if (known) return known;
  const paths = findPaths(query);
  if (remembered.size >= REMEMBERED) remembered.delete(remembered.keys().next().value ?? '');
  remembered.set(query, paths);
  return paths;
}

/** Each root field that is asked, or the first field of the first entity. */
function findPaths(query: string): Path[] {
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
