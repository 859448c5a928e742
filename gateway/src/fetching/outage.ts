import { GraphQLError, type ExecutionResult } from 'graphql';
import type { SubgraphFetch } from './subgraph-fetch.js';

type Outage = { readonly code: 'SUBGRAPH_UNAVAILABLE' | 'DEADLINE_EXCEEDED'; readonly message: string };

export const UNAVAILABLE: Outage = {
  code: 'SUBGRAPH_UNAVAILABLE',
  message: 'This part of the shop is unavailable for the moment.',
};
export const TOO_LATE: Outage = { code: 'DEADLINE_EXCEEDED', message: 'The answer took too long.' };

/**
 * The answer in place of the subgraph's: nothing, and why, without a word about hosts and ports. `serviceName` is for
 * the gateway itself; no client sees it. Whoever asked knows what is left empty.
 */
export function outageAnswer({ subgraph }: SubgraphFetch, { code, message }: Outage): ExecutionResult {
  const extensions = { code, serviceName: subgraph };
  return { data: null, errors: [new GraphQLError(message, { extensions })] };
}

/** Names the subgraph in the outages it tells of itself. */
export function nameOutages({ subgraph }: SubgraphFetch, result: ExecutionResult): ExecutionResult {
  if (!result.errors?.some(isOutage)) return result;
  return {
    ...result,
    errors: result.errors.map((error) => {
      if (!isOutage(error)) return error;
      const { message, path, extensions } = error;
      return new GraphQLError(message, { path, extensions: { ...extensions, serviceName: subgraph } });
    }),
  };
}

// What a remote subgraph calls an error has been JSON: it may have no extensions.
function isOutage({ extensions }: Partial<GraphQLError>): boolean {
  return extensions?.['code'] === UNAVAILABLE.code;
}
