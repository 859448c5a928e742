import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, GraphQLError, parse, validate, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { composeInline } from '../inline-subgraph.js';

/** A subgraph small enough to be read in one glance. */
export type TinySubgraph = {
  readonly name: string;
  /** Its schema; what `tinySubgraph` adds is the link to federation 2. */
  readonly sdl: string;
  readonly resolvers: object;
};

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
  "@key", "@external", "@requires", "@provides", "@shareable", "@override", "@inaccessible", "@interfaceObject",
  "@authenticated"
])`;

/** A subgraph of federation 2. */
export function tinySubgraph(name: string, sdl: string, resolvers: object = {}): TinySubgraph {
  return { name, sdl: `${LINK}\n${sdl}`, resolvers };
}

/** A subgraph as federation 1 wrote them: no link, `extend type` and `@external` keys. */
export function federation1Subgraph(name: string, sdl: string, resolvers: object = {}): TinySubgraph {
  return { name, sdl, resolvers };
}

/** Our gateway refuses supergraphs that protect nothing; this protects something nobody asks for. */
const VAULT = tinySubgraph('vault', 'type Query { secret: String @authenticated }');

export function composeTiny(subgraphs: readonly TinySubgraph[]): string {
  return composeInline([...subgraphs, VAULT].map(({ name, sdl }) => ({ name, typeDefs: parse(sdl) })));
}

export type SubgraphServer = (query: string, variables: object | undefined) => Promise<ExecutionResult>;

/** The subgraph behind a wire: it validates what it is asked, and what it answers has been JSON. */
export function serveTiny({ sdl, resolvers }: TinySubgraph): SubgraphServer {
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as never }]);
  return async (query, variables) =>
    overTheWire(await answer(schema, query, overTheWire(variables ?? {}) as Record<string, unknown>));
}

async function answer(
  schema: GraphQLSchema,
  query: string,
  variableValues: Record<string, unknown>,
): Promise<ExecutionResult> {
  const document = parse(query);
  const errors = validate(schema, document);
  if (errors.length > 0)
    return {
      errors: errors.map(
        ({ message }) => new GraphQLError(message, { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }),
      ),
    };
  return execute({ schema, document, variableValues });
}

function overTheWire<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}

/** What a resolver throws to be an error with a code of its own. */
export function broken(code = 'BROKEN'): GraphQLError {
  return new GraphQLError(`It is ${code.toLowerCase()}.`, { extensions: { code } });
}

type Row = Readonly<Record<string, unknown>>;

/**
 * A reference resolver: finds the row by the first of the keys that the reference carries, and keeps what else the
 * gateway sent along, such as required fields.
 */
export function entity(rows: readonly Row[], ...keys: readonly string[]) {
  return {
    __resolveReference: (reference: Row) => {
      const key = keys.find((name) => reference[name] != null);
      const row = key && rows.find((one) => one[key] === reference[key]);
      return row ? { ...row, ...reference } : null;
    },
  };
}
