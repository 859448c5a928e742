import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { SUBGRAPH_NAMES, subgraphSource, type SubgraphName } from './subgraphs.js';

/** @param urls where the supergraph says each subgraph is */
export function composeSupergraph(
  access: 'guarded' | 'open',
  urls: Readonly<Record<SubgraphName, string>>,
): string {
  const { supergraphSdl, errors } = composeServices(
    SUBGRAPH_NAMES.map((name) => ({
      name,
      url: urls[name],
      typeDefs: parse(subgraphSource(name, access).typeDefs),
    })),
  );
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}
