import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse, type GraphQLSchema } from 'graphql';
import { subgraphSource, type SubgraphName } from './subgraphs.js';

/** A subgraph to execute. */
export function buildSubgraph(name: SubgraphName, access: 'guarded' | 'open'): GraphQLSchema {
  const { typeDefs, resolvers } = subgraphSource(name, access);
  return buildSubgraphSchema([{ typeDefs: parse(typeDefs), resolvers: resolvers as never }]);
}
