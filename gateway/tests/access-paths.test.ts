import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { composeServices } from '@apollo/composition';
import {
  getNamedType,
  GraphQLError,
  isAbstractType,
  isCompositeType,
  isObjectType,
  isRequiredArgument,
  parse,
  validate,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
} from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { ANONYMOUS } from '@storegraph/identity';
import { firstObjection } from '../src/access/verdict.js';
import { createPlanner } from '../src/planning/planner.js';
import { createPrepareOperation, type PrepareOperation } from '../src/planning/prepare-operation.js';
import { loadSupergraph, type LoadedSupergraph } from '../src/supergraph/load-supergraph.js';
import { inlineGraph } from './inline-graph.js';

const SUPERGRAPH = resolve(import.meta.dirname, '../../schema/supergraph.graphql');

type AnyField = GraphQLField<unknown, unknown>;
/** A field somebody may not see, on the type that has it. */
type Protected = { readonly type: GraphQLObjectType; readonly field: AnyField };
/** A way to a type through fields that are open to everyone: what to write around what is selected there. */
type Route = { readonly at: GraphQLNamedType; readonly open: string; readonly close: string };

let graph: LoadedSupergraph;
let prepare: PrepareOperation;
let guarded: Protected[];
beforeAll(async () => {
  graph = loadSupergraph(await readFile(SUPERGRAPH, 'utf8'));
  prepare = createPrepareOperation(graph, createPlanner(graph));
  guarded = allFields().filter((one) => !isOpen(one));
});

function allFields(): Protected[] {
  return Object.values(graph.schema.getTypeMap())
    .filter((type) => isObjectType(type) && !type.name.startsWith('__'))
    .flatMap((type) =>
      Object.values((type as GraphQLObjectType).getFields()).map((field) => ({ type, field })),
    )
    .map(({ type, field }) => ({ type: type as GraphQLObjectType, field }));
}

function isOpen({ type, field }: Protected): boolean {
  const { access } = graph;
  const rules = [
    access.ofType(type.name),
    access.ofField(type.name, field.name),
    access.ofType(getNamedType(field.type).name),
  ];
  return !firstObjection(
    rules.filter((rule) => rule !== undefined),
    ANONYMOUS,
  );
}

const rootsOf = ({ schema }: LoadedSupergraph) => ({
  query: schema.getQueryType(),
  mutation: schema.getMutationType(),
  subscription: schema.getSubscriptionType(),
});

/** `name(argument: $argument)`; the variable says its type, for `operation` to declare. */
function call({ name, args }: AnyField): string {
  const given = args
    .filter(isRequiredArgument)
    .map((arg) => `${arg.name}: $${name}_${arg.name}<${String(arg.type)}>`);
  return `${name}${given.length > 0 ? `(${given.join(', ')})` : ''}`;
}

/** The text of an operation, its variables declared as they are used. */
function operation(kind: string, body: string, fragments = ''): string {
  // A subscription has one root field, which no directive may leave out.
  const flags =
    kind === 'subscription' ? '' : '__typename @include(if: $yes<Boolean!>) @skip(if: $no<Boolean!>)';
  const typed = `{ ${flags} ${body} } ${fragments}`;
  const declared = new Set(
    [...typed.matchAll(/(\$\w+)<([^>]+)>/g)].map(([, name, type]) => `${name}: ${type}`),
  );
  const header = declared.size > 0 ? `(${[...declared].join(', ')})` : '';
  return `${kind} Asked${header} ${typed.replaceAll(/(\$\w+)<[^>]+>/g, '$1')}`;
}

/** The shortest open way from the queries to every type, and each open field that leads to a type as a way of its own. */
function routes(): Route[] {
  const found: Route[] = [];
  const query = graph.schema.getQueryType();
  const waiting: Route[] = query ? [{ at: query, open: '', close: '' }] : [];
  const seen = new Set<GraphQLNamedType>();
  for (let route = waiting.shift(); route; route = waiting.shift()) {
    const { at } = route;
    if (seen.has(at)) continue;
    seen.add(at);
    if (isAbstractType(at)) {
      for (const type of graph.schema.getPossibleTypes(at))
        waiting.push({ at: type, open: `${route.open} ... on ${type.name} {`, close: `} ${route.close}` });
      continue;
    }
    for (const { type, field } of allFields().filter((one) => one.type === at && isOpen(one))) {
      const to = getNamedType(field.type);
      if (!isCompositeType(to) || type !== at) continue;
      const way = { at: to, open: `${route.open} ${call(field)} {`, close: `} ${route.close}` };
      found.push(way);
      waiting.push(way);
    }
  }
  return found;
}

/** The ways to select a field of a type; `kind` is how one may speak of it. */
function selections({ type, field }: Protected): { kind: string; body: string; fragments?: string }[] {
  const inner = isCompositeType(getNamedType(field.type)) ? ' { __typename }' : '';
  const text = `${call(field)}`;
  const on = `... on ${type.name}`;
  return [
    { kind: 'by name', body: `${on} { ${text}${inner} }` },
    { kind: 'by alias', body: `${on} { other: ${text}${inner} }` },
    { kind: 'in a fragment', body: '...A', fragments: `fragment A on ${type.name} { ${text}${inner} }` },
    {
      kind: 'in a fragment of a fragment',
      body: '...A',
      fragments: `fragment A on ${type.name} { ...B } fragment B on ${type.name} { ... { ${text}${inner} } }`,
    },
    { kind: 'if included', body: `${on} { ${text} @include(if: $yes)${inner} }` },
    { kind: 'unless skipped', body: `${on} @skip(if: $no) { ${text} @skip(if: $no)${inner} }` },
  ];
}

/** Whether a guest is refused, wholly or there; and what subgraphs would be asked on their behalf. */
function askAsGuest(query: string): { isDenied: boolean; asked: string } {
  const document = parse(query);
  const problems = validate(graph.schema, document).map(({ message }) => message);
  if (problems.length > 0) throw new Error(`${query}: ${problems.join()}`);
  try {
    const { plan, withheld } = prepare(document, undefined).planFor(ANONYMOUS, { yes: true, no: false });
    return { isDenied: withheld.length > 0, asked: fetchesOf(plan).join(' ') };
  } catch (error) {
    if (error instanceof GraphQLError && error.extensions['code'] === 'UNAUTHENTICATED')
      return { isDenied: true, asked: '' };
    throw error;
  }
}

/** The texts of a plan's fetches. */
function fetchesOf(plan: object): string[] {
  return Object.entries(plan).flatMap(([key, value]) => {
    if (key === 'operation' && typeof value === 'string') return [value];
    return typeof value === 'object' && value !== null ? fetchesOf(value as object) : [];
  });
}

describe('every protected field of the shop', () => {
  it('is refused to guests as a root field, however it is written', () => {
    const leaks: string[] = [];
    let tried = 0;
    for (const [kind, root] of Object.entries(rootsOf(graph)))
      for (const one of guarded.filter(({ type }) => type === root))
        for (const { kind: way, body, fragments } of selections(one)) {
          if (kind === 'subscription' && /included|skipped/.test(way)) continue;
          tried += 1;
          const { isDenied, asked } = askAsGuest(operation(kind, body, fragments));
          if (!isDenied || asked) leaks.push(`${one.type.name}.${one.field.name} ${way}`);
        }
    expect(leaks).toEqual([]);
    expect(tried).toBeGreaterThan(300);
  });

  it('is withheld from guests wherever its type is reached, and no subgraph is asked for it', () => {
    const leaks: string[] = [];
    const ways = routes();
    for (const one of guarded.filter(({ type }) => !Object.values(rootsOf(graph)).includes(type))) {
      const leading = ways.filter(
        ({ at }) => at === one.type || (isAbstractType(at) && graph.schema.isSubType(at, one.type)),
      );
      if (leading.length === 0) leaks.push(`no way leads to ${one.type.name}`);
      for (const { open, close } of leading)
        for (const { kind, body, fragments } of selections(one)) {
          const query = operation('query', `${open} ${body} ${close}`, fragments);
          const { isDenied, asked } = askAsGuest(query);
          const isAsked = new RegExp(`\\b${one.field.name}\\b`).test(asked) && !open.includes(one.field.name);
          if (!isDenied || isAsked) leaks.push(`${one.type.name}.${one.field.name} ${kind}: ${open}`);
        }
    }
    expect(leaks).toEqual([]);
  });
});

describe('a field that requires a protected one', () => {
  const shopWith = (rule: string) => {
    const { typeDefs } = inlineGraph();
    const dependant = parse(
      `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires", "@requiresScopes"])
       type Query { margins: [Int!]! }
       type Product @key(fields: "id") { id: ID! cost: Int @external margin: Int @requires(fields: "cost") ${rule} }`,
    );
    return composeServices([...typeDefs, { name: 'finance', typeDefs: dependant, url: '' }]);
  };

  it('does not compose unless it is as protected itself, so that nobody learns by a detour', () => {
    const codes = shopWith('').errors?.map(({ extensions }) => extensions['code']);
    expect(codes).toEqual(['MISSING_TRANSITIVE_AUTH_REQUIREMENTS']);
    expect(shopWith('@requiresScopes(scopes: [["order:read"]])').errors).toHaveLength(1);
    expect(shopWith('@requiresScopes(scopes: [["catalog:write"]])').errors).toBeUndefined();
  });
});
