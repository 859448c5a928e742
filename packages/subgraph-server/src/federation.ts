import 'reflect-metadata';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { isObjectType, parse, type GraphQLSchema } from 'graphql';
import { buildSchemaSync, createResolversMap, type NonEmptyArray, type PubSub } from 'type-graphql';
import { DateTime } from './scalars.js';

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
  "@key", "@shareable", "@external", "@requires", "@provides", "@inaccessible", "@tag",
  "@authenticated", "@requiresScopes", "@policy", "@cost", "@listSize", "@composeDirective"
]) @link(url: "https://storegraph.dev/cacheControl/v1.0", import: ["@cacheControl", "CacheControlScope"])
@composeDirective(name: "@cacheControl")

directive @cacheControl(
  maxAge: Int, scope: CacheControlScope, inheritMaxAge: Boolean
) on FIELD_DEFINITION | OBJECT | INTERFACE | UNION

"""For whom an answer may be kept."""
enum CacheControlScope {
  """For everyone: it is the same whoever asks."""
  PUBLIC
  """For the one who asked."""
  PRIVATE
}
`;

/** Finds an entity from its key fields, or `null` when there is none the viewer may see. Goes through a loader. */
export type ResolveReference<Context> = (reference: never, context: Context) => unknown;

export type FederatedSchema = {
  readonly schema: GraphQLSchema;
  /** The subgraph's SDL, as published under schema/ and composed into the supergraph. */
  readonly sdl: string;
};

/** Subscriptions name their own event sources, so TypeGraphQL's publisher is never asked. */
const NO_PUBSUB: PubSub = {
  publish: () => {
    throw new TypeError('publish through the outbox, not through TypeGraphQL');
  },
  subscribe: () => {
    throw new TypeError('give @Subscription a `subscribe` function');
  },
};

/**
 * Turns TypeGraphQL classes into a Federation 2 subgraph schema.
 *
 * @param options.resolvers resolver classes; they take everything from the context
 * @param options.references how this subgraph finds each of its entities, by type name
 * @param options.orphanedTypes types no field leads to, such as an entity this subgraph only extends
 */
export function buildFederatedSchema<Context>(options: {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- TypeGraphQL's own signature
  resolvers: NonEmptyArray<Function>;
  references: Record<string, ResolveReference<Context>>;
  // eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- TypeGraphQL's own signature
  orphanedTypes?: Function[];
}): FederatedSchema {
  const emitted = buildSchemaSync({
    resolvers: options.resolvers,
    orphanedTypes: options.orphanedTypes ?? [],
    scalarsMap: [{ type: Date, scalar: DateTime }],
    pubSub: NO_PUBSUB,
    validate: false,
    skipCheck: true,
  });
  const sdl = LINK + printSchemaWithDirectives(emitted);
  const resolvers = createResolversMap(emitted) as Record<string, Record<string, unknown>>;
  for (const [typeName, resolveReference] of Object.entries(options.references)) {
    if (!isObjectType(emitted.getType(typeName)))
      throw new TypeError(`no entity ${typeName} to resolve references of`);
    resolvers[typeName] = {
      ...resolvers[typeName],
      __resolveReference: async (reference: never, context: Context) => {
        const found = await resolveReference(reference, context);
        return found == null ? null : { ...found, __typename: typeName };
      },
    };
  }
  return { sdl, schema: buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as never }]) };
}
