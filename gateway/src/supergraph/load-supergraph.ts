import { DEFAULT_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph, type Schema } from '@apollo/federation-internals';
import { parse, type DocumentNode, type GraphQLSchema } from 'graphql';
import { readCacheHints, type CacheHints } from '../caching/cache-hints.js';
import { readAttemptFields } from '../limits/attempts.js';
import { readCostWeights, type CostWeights } from '../limits/cost/cost-weights.js';
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
  readonly hints: CacheHints;
  /** What things cost; `null` when the graph does not say. */
  readonly weights: CostWeights | null;
  /** Coordinates of the root fields that try a credential. */
  readonly attempts: ReadonlySet<string>;
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
    hints: readCacheHints(document),
    weights: readCostWeights(document),
    attempts: readAttemptFields(document),
    subgraphNames: supergraph.subgraphsMetadata().map(({ name }) => name),
  };
}

function build(sdl: string) {
  try {
    const document = parse(sdl, { noLocation: true });
    return { document, supergraph: buildSupergraph(document) };
  } catch (cause) {
    throw new SupergraphRefused('unreadable', 'the supergraph cannot be read', { cause });
  }
}

/** The planner's model of a supergraph. Composition has validated it; doing so again at each start takes long. */
export function buildSupergraph(document: DocumentNode): Supergraph {
  const supportedFeatures = new Set([...DEFAULT_SUPPORTED_SUPERGRAPH_FEATURES, ...ENFORCED_HERE]);
  return Supergraph.build(document, { supportedFeatures, validateSupergraph: false });
}
