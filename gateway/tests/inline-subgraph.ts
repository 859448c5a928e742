import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { DocumentNode } from 'graphql';
import { createProofVerifier } from '@storegraph/identity';
import { createLogger } from '@storegraph/observability';
import {
  createExecutor,
  enforceAccess,
  type RequestContext,
  type SubgraphLink,
  type SubgraphRequest,
} from '@storegraph/subgraph-server';

export const SERVICE_KEY = 'a-service-key-for-tests-of-32-characters';

/** A federated subgraph written down in a test. */
export type InlineSubgraph = {
  readonly name: string;
  readonly typeDefs: DocumentNode;
  readonly resolvers: object;
};

export type ReachedRequest = SubgraphRequest & { readonly subgraph: string };

/** @throws with everything that keeps them from being one graph */
export function composeInline(subgraphs: readonly Pick<InlineSubgraph, 'name' | 'typeDefs'>[]): string {
  const { supergraphSdl, errors } = composeServices(
    subgraphs.map(({ name, typeDefs }) => ({ name, typeDefs, url: '' })),
  );
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}

/** The subgraph at work in this process, for a gateway that signs with `SERVICE_KEY`. */
export function linkInline(
  { name, typeDefs, resolvers }: InlineSubgraph,
  createContext: (request: RequestContext) => RequestContext = (request) => request,
): SubgraphLink {
  const schema = buildSubgraphSchema([{ typeDefs, resolvers: resolvers as never }]);
  enforceAccess(schema, { self: ({ viewer }) => viewer.kind === 'user' });
  const executor = createExecutor({
    schema,
    verifyProof: createProofVerifier({ keys: [SERVICE_KEY] }),
    createContext,
    log: createLogger(name),
  });
  return { name, ...executor, close: () => Promise.resolve() };
}

/** The same link, with a note of every request that comes to it. */
export function noting(link: SubgraphLink, requests: ReachedRequest[]): SubgraphLink {
  const note = (request: SubgraphRequest) => void requests.push({ ...request, subgraph: link.name });
  return {
    ...link,
    execute(request) {
      note(request);
      return link.execute(request);
    },
    subscribe(request) {
      note(request);
      return link.subscribe(request);
    },
  };
}
