import { GraphQLSchema } from 'graphql';
import { listen, type RunningSubgraph, type SubgraphLink } from '@storegraph/subgraph-server';

/** A subgraph that listens, as separate processes do. */
export type ServedSubgraph = AsyncDisposable & { readonly port: number; readonly url: string };

/** Serves an inline subgraph on a port of its own, by the server every domain has. */
export async function serveSubgraph(link: SubgraphLink): Promise<ServedSubgraph> {
  const subgraph: RunningSubgraph = {
    ...link,
    // The server passes the schema on to nobody who reads it: the link validates and executes.
    schema: new GraphQLSchema({}),
    sdl: '',
    deps: undefined,
    pool: undefined as never,
    routes: null,
    drained: () => Promise.resolve(),
    isReady: () => Promise.resolve(true),
  };
  const server = await listen(subgraph, { host: '127.0.0.1', port: 0, version: 'test' });
  return {
    port: Number(new URL(server.url).port),
    url: `${server.url}/graphql`,
    [Symbol.asyncDispose]: () => server.close(),
  };
}
