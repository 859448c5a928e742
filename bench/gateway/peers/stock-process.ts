/** Apollo's own gateway as its documentation starts it; with `IN_PROCESS` its subgraphs are in this process. */
import { readFileSync } from 'node:fs';
import { ApolloGateway, LocalGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { buildSubgraph } from '../graph/build-subgraph.js';
import { SUBGRAPH_NAMES } from '../graph/subgraphs.js';

const { PORT, SUPERGRAPH_FILE, IN_PROCESS } = process.env;

const inProcess = () => {
  const sources = new Map<string, LocalGraphQLDataSource>(
    SUBGRAPH_NAMES.map((name) => [name, new LocalGraphQLDataSource(buildSubgraph(name, 'open'))]),
  );
  return {
    buildService: ({ name }: { name: string }) => {
      const source = sources.get(name);
      if (!source) throw new TypeError(`the supergraph names the unknown subgraph "${name}"`);
      return source;
    },
  };
};

const gateway = new ApolloGateway({
  supergraphSdl: readFileSync(SUPERGRAPH_FILE ?? '', 'utf8'),
  ...(IN_PROCESS ? inProcess() : {}),
});
// Standalone, Apollo Server answers on any path, `/graphql` among them.
await startStandaloneServer(new ApolloServer({ gateway }), {
  listen: { host: '127.0.0.1', port: Number(PORT) },
});
