import type { SubgraphRequest } from './link.js';

const REMEMBERED_QUERIES = 2_000;
/** Longer texts are escaped each time, so that what is remembered stays within some 40 MB. */
const LONGEST_REMEMBERED = 20_000;

/**
 * Writes the JSON body of requests (GraphQL over HTTP, Request). A query plan repeats its queries word by word, so each
 * is escaped once; variables that come as JSON text are taken as they are.
 */
export function createBodyWriter(): (request: SubgraphRequest) => string {
  const beginnings = new Map<string, string>();

  const beginningOf = (query: string): string => {
    const known = beginnings.get(query);
    if (known) return known;
    const beginning = `{"query":${JSON.stringify(query)}`;
    if (query.length > LONGEST_REMEMBERED) return beginning;
    if (beginnings.size >= REMEMBERED_QUERIES) beginnings.delete(beginnings.keys().next().value ?? '');
    beginnings.set(query, beginning);
    return beginning;
  };

  return ({ query, variables, variablesJson, operationName }) => {
    const json = variablesJson ?? (variables && JSON.stringify(variables));
    const name = operationName ? `,"operationName":${JSON.stringify(operationName)}` : '';
    return `${beginningOf(query)}${json ? `,"variables":${json}` : ''}${name}}`;
  };
}
