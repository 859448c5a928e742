import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  execute,
  isObjectType,
  parse,
  validate,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql';
import { loadSupergraph, type LoadedSupergraph } from '../../src/supergraph/load-supergraph.js';
import type { Operation } from './answer-everywhere.js';
import { seen, type Seen } from './compare.js';
import { createFakeValues, thingOf, type FakeOptions, type Thing } from './fake-values.js';
import { readOwnership } from './ownership.js';

const FOLDER = resolve(import.meta.dirname, '../../../schema');

/** The shop's own supergraph over subgraphs that make everything up. */
export type ShopWorld = {
  readonly supergraph: LoadedSupergraph;
  /** What a subgraph answers. @throws when it was asked something its schema does not know */
  ask(
    subgraph: string,
    query: string,
    variables: Readonly<Record<string, unknown>>,
  ): Promise<ExecutionResult>;
  /** The same world as one service without federation, executed by graphql-js. */
  oracle(operation: Operation): Promise<Seen>;
};

type Resolver = GraphQLFieldResolver<Thing | undefined, unknown, Record<string, unknown>>;

export function openShopWorld(seed: string): ShopWorld {
  const sdl = readFileSync(`${FOLDER}/supergraph.graphql`, 'utf8');
  const supergraph = loadSupergraph(sdl);
  const ownership = readOwnership(parse(sdl));
  const values = createFakeValues({ seed, ...ownership });
  const schemas = new Map(
    supergraph.subgraphNames.map((name) => [name, subgraphSchema(name, ownership)] as const),
  );

  const inSubgraph: Resolver = (source, args, _context, info) => {
    const { parentType, fieldName, schema } = info;
    const field = parentType.getFields()[fieldName];
    return field && values(source ?? rootOf(parentType.name, schema), field, { args, schema });
  };
  const inOneService: Resolver = (source, args, _context, info) => {
    const {
      fieldName,
      parentType: { name },
    } = info;
    const owner = schemas.get(ownership.ownerOf(name, fieldName)) ?? supergraph.schema;
    const near = ownership.isEntity(name) ? undefined : fieldIn(source?.schema, name, fieldName);
    const field = near ?? fieldIn(owner, name, fieldName);
    const schema = near && source ? source.schema : owner;
    return field && values(source ?? rootOf(name, schema), field, { args, schema });
  };
  const documents = new Map<string, DocumentNode>();

  return {
    supergraph,
    async ask(subgraph, query, variables) {
      const schema = schemas.get(subgraph);
      if (!schema) throw new Error(`there is no subgraph ${subgraph}`);
      const text = `${subgraph} ${query}`;
      const document = documents.get(text) ?? validDocument(query, schema);
      documents.set(text, document);
      const variableValues = JSON.parse(JSON.stringify(variables)) as Record<string, unknown>;
      const result = await execute({ schema, document, variableValues, fieldResolver: inSubgraph as never });
      return JSON.parse(JSON.stringify(result)) as ExecutionResult;
    },
    oracle: async ({ document, operationName, variables: variableValues }) =>
      seen(
        await execute({
          schema: supergraph.schema,
          document,
          operationName,
          variableValues,
          fieldResolver: inOneService as never,
        }),
      ),
  };
}

function rootOf(typeName: string, schema: GraphQLSchema): Thing {
  return { __typename: typeName, key: 'root', schema };
}

function fieldIn(schema: GraphQLSchema | undefined, typeName: string, fieldName: string) {
  const type = schema?.getType(typeName);
  return isObjectType(type) ? type.getFields()[fieldName] : undefined;
}

function subgraphSchema(name: string, { isKey }: Pick<FakeOptions, 'isKey'>): GraphQLSchema {
  const schema = buildSubgraphSchema([
    { typeDefs: parse(readFileSync(`${FOLDER}/${name}.graphql`, 'utf8')) },
  ]);
  const entities = schema.getQueryType()?.getFields()['_entities'];
  if (entities)
    entities.resolve = (_source: unknown, args: { representations: Record<string, unknown>[] }) =>
      args.representations.map((representation) => thingOf(representation, { isKey, schema }));
  return schema;
}

function validDocument(query: string, schema: GraphQLSchema): DocumentNode {
  const document = parse(query);
  const [error] = validate(schema, document);
  if (error) throw new Error(`a subgraph was asked something invalid: ${error.message}\n${query}`);
  return document;
}

/** The documents of operations clients were promised. */
export function keptDocuments(): DocumentNode[] {
  return readdirSync(`${FOLDER}/operations`).map((file) =>
    parse(readFileSync(`${FOLDER}/operations/${file}`, 'utf8')),
  );
}
