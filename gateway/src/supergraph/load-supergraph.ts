import { DEFAULT_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph, type Schema } from '@apollo/federation-internals';
import { parse, type GraphQLSchema } from 'graphql';
import { readAccessRules, type AccessRules } from './access-rules.js';
import { SupergraphRefused } from './supergraph-refused.js';

/**
 * Features a supergraph links "for: SECURITY" that Apollo's libraries refuse to load because they would not enforce
 * them. This gateway does, from the access rules below; `@context` stays refused.
 */
const ENFORCED_HERE = ['authenticated', 'requiresScopes', 'policy'].map(
  (name) => `https://specs.apollo.dev/${name}/v0.1`,
);

/** The composed graph in the forms its readers need. */
export type LoadedSupergraph = {
  readonly sdl: string;
  readonly supergraph: Supergraph;
  /** What clients see, as the planner models it. */
  readonly apiSchema: Schema;
  /** What clients see, as graphql-js models it. */
  readonly schema: GraphQLSchema;
  /** With the machinery of federation. */
  readonly supergraphSchema: GraphQLSchema;
  readonly access: AccessRules;
  readonly subgraphNames: readonly string[];
};

/**
 * Loads a standard supergraph, access rules included.
 *
 * @throws {SupergraphRefused} when it cannot be read, or when the rules cannot be enforced
 */
export function loadSupergraph(sdl: string): LoadedSupergraph {
  const { document, supergraph } = build(sdl);
  const access = readAccessRules(document);
  const apiSchema = supergraph.apiSchema();
  return {
    sdl,
    supergraph,
    apiSchema,
    schema: apiSchema.toGraphQLJSSchema(),
    supergraphSchema: supergraph.schema.toGraphQLJSSchema(),
    access,
    subgraphNames: supergraph.subgraphsMetadata().map(({ name }) => name),
  };
}

function build(sdl: string) {
  try {
    const supportedFeatures = new Set([...DEFAULT_SUPPORTED_SUPERGRAPH_FEATURES, ...ENFORCED_HERE]);
    const document = parse(sdl, { noLocation: true });
    // Composition has validated it; doing so again at each start takes long.
    return {
      document,
      supergraph: Supergraph.build(document, { supportedFeatures, validateSupergraph: false }),
    };
  } catch (cause) {
    throw new SupergraphRefused('unreadable', 'the supergraph cannot be read', { cause });
  }
}
