import { buildSubgraphSchema } from '@apollo/subgraph';
import { isObjectType, parse, type ConstDirectiveNode, type GraphQLField, type GraphQLSchema } from 'graphql';
import { readSubgraphs } from '../../../scripts/schema/subgraph-sources.js';
import { DOMAINS } from '../../../standalone/src/domains.js';
import type { Domain } from './open-shop.js';
import { ruleOf, type AccessRule } from './root-fields.js';

/** A protected field as the schema of one domain has it, hidden from clients or not. */
export type DomainField = {
  readonly domain: Domain;
  /** What it is a field of. */
  readonly type: string;
  readonly field: GraphQLField<unknown, unknown>;
  readonly rule: AccessRule;
};

/** The schema of each domain, as the gateway asks it: with `_entities`. */
export function domainSchemas(): ReadonlyMap<Domain, GraphQLSchema> {
  const sdls = new Map(readSubgraphs().map(({ name, sdl }) => [name, sdl]));
  return new Map(
    DOMAINS.map((domain) => [domain, buildSubgraphSchema({ typeDefs: parse(sdls.get(domain) ?? '') })]),
  );
}

/** Every protected field of every domain: by a directive of its own, or of its type. */
export function protectedDomainFields(schemas: ReadonlyMap<Domain, GraphQLSchema>): DomainField[] {
  return [...schemas].flatMap(([domain, schema]) =>
    Object.values(schema.getTypeMap())
      .filter(isObjectType)
      .flatMap((type) =>
        Object.values(type.getFields()).flatMap((field) => {
          const rule = ruleOf([...directivesOf(field), ...directivesOf(type)]);
          return rule ? [{ domain, type: type.name, field, rule }] : [];
        }),
      ),
  );
}

type Node = { readonly directives?: readonly ConstDirectiveNode[] };
type Bearer = { readonly astNode?: Node | null | undefined; readonly extensionASTNodes?: readonly Node[] };

function directivesOf({ astNode, extensionASTNodes = [] }: Bearer): ConstDirectiveNode[] {
  return [astNode, ...extensionASTNodes].flatMap((node) => node?.directives ?? []);
}
