import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
  parse,
  validate,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
} from 'graphql';
import type { Operation } from './answer-everywhere.js';
import { argumentsOf, createVariables, type Variables } from './generated-arguments.js';
import { diceOf, type Dice } from './dice.js';

/** How deep selections go, and how many fields an operation has at most. */
const DEPTH = 4;
const FIELDS = 24;

type Writing = {
  readonly schema: GraphQLSchema;
  readonly dice: Dice;
  readonly variables: Variables;
  readonly fragments: string[];
  /** Names an alias may take that other fields go by. */
  readonly names: readonly [string, ...string[]];
  left: number;
  aliases: number;
};

/** Response names in use among fields that merge into one object. */
type Scope = Map<string, string>;

/**
 * Valid operations, the same for the same seed: aliases, arguments, variables, fragments named and inline, on objects,
 * interfaces and unions, fields twice, `@skip` and `@include`, `__typename` anywhere. What does not pass validation (fields
 * that happen to conflict) is left out.
 */
export function* generatedOperations(
  schema: GraphQLSchema,
  { seed, count, mutations = true }: { seed: string; count: number; mutations?: boolean },
): Generator<Operation> {
  for (let made = 0, attempt = 0; made < count; attempt += 1) {
    const operation = generate(schema, { dice: diceOf(`${seed}/${attempt}`), mutations });
    if (!operation) continue;
    made += 1;
    yield operation;
  }
}

function generate(
  schema: GraphQLSchema,
  { dice, mutations }: { dice: Dice; mutations: boolean },
): Operation | null {
  const mutation = schema.getMutationType();
  const isMutation = mutations && mutation && dice.chance(0.15);
  const root = isMutation ? mutation : schema.getQueryType();
  if (!root) return null;
  const writing: Writing = {
    schema,
    dice,
    variables: createVariables(dice),
    fragments: [],
    names: ['id', ...dice.some(fieldNames(schema), 5)],
    left: FIELDS,
    aliases: 0,
  };
  const selection = selectionOf(root, { depth: 0, scope: new Map() }, writing);
  const declared = writing.variables.declarations();
  const operation = `${isMutation ? 'mutation' : 'query'} Generated${declared} ${selection}`;
  const text = [operation, ...writing.fragments].join('\n');
  const document = parse(text);
  if (validate(schema, document, undefined, { maxErrors: 1 }).length > 0) return null;
  return { document, variables: writing.variables.values() };
}

function fieldNames(schema: GraphQLSchema): string[] {
  const types = Object.values(schema.getTypeMap()).filter(isObjectType);
  return types.flatMap((type) => Object.keys(type.getFields())).filter((name) => !name.startsWith('_'));
}

type Place = { readonly depth: number; readonly scope: Scope };

function selectionOf(type: GraphQLCompositeType, place: Place, writing: Writing): string {
  const { dice, schema } = writing;
  const parts: string[] = [];
  if (dice.chance(0.3))
    parts.push(dice.chance(0.3) ? `kind${(writing.aliases += 1)}: __typename` : '__typename');
  if (!isUnionType(type)) parts.push(...fieldsOf(type, place, writing));
  if (isAbstractType(type))
    for (const member of dice.some(schema.getPossibleTypes(type), 1 + dice.roll(3)))
      parts.push(fragmentOn(member, place, writing));
  else if (place.depth > 0 && isObjectType(type) && dice.chance(0.25))
    for (const target of dice.some([type, ...type.getInterfaces()], 1))
      parts.push(fragmentOn(target, place, writing));
  if (parts.length === 0) parts.push('__typename');
  return `{ ${parts.join(' ')} }`;
}

function fieldsOf(
  type: Exclude<GraphQLCompositeType, { getTypes: unknown }>,
  place: Place,
  writing: Writing,
) {
  const { dice } = writing;
  const fields = Object.values(type.getFields());
  const fitting = fields.filter(
    (field) => !isCompositeType(getNamedType(field.type)) || (place.depth < DEPTH && writing.left > 0),
  );
  const chosen = dice.some(fitting.length > 0 ? fitting : fields, 1 + dice.roll(place.depth === 0 ? 3 : 5));
  const repeated = dice.chance(0.1) ? chosen.slice(0, 1) : [];
  return [...chosen, ...repeated].flatMap((field) => fieldOf(field, place, writing));
}

function fieldOf(field: GraphQLField<unknown, unknown>, { depth, scope }: Place, writing: Writing): string[] {
  const { dice, variables } = writing;
  const named = getNamedType(field.type);
  if (isCompositeType(named) && (depth >= DEPTH || writing.left <= 0)) return [];
  writing.left -= 1;
  const args = argumentsOf(
    field.args.filter((arg) => isRequiredArgument(arg) || dice.chance(0.3)),
    { dice, variables },
  );
  const asked = `${field.name}${args}`;
  const name = responseName(field.name, asked, { scope, writing });
  const alias = name === field.name ? '' : `${name}: `;
  const inner = isCompositeType(named)
    ? ` ${selectionOf(named, { depth: depth + 1, scope: new Map() }, writing)}`
    : '';
  return [`${alias}${asked}${condition(writing)}${inner}`];
}

/** The field's own name while it is free, or means the same; else, and now and then, an alias. */
function responseName(
  fieldName: string,
  asked: string,
  { scope, writing }: { scope: Scope; writing: Writing },
): string {
  const { dice } = writing;
  const wished = dice.chance(0.05) ? dice.pick(writing.names) : dice.chance(0.1) ? '' : fieldName;
  const known = scope.get(wished);
  const name = wished && (known === undefined || known === asked) ? wished : `a${(writing.aliases += 1)}`;
  scope.set(name, asked);
  return name;
}

/** An inline fragment or a spread of a named one. */
function fragmentOn(type: GraphQLCompositeType, place: Place, writing: Writing): string {
  const { dice, fragments } = writing;
  const directive = condition(writing);
  const inner = selectionOf(type, { depth: place.depth + 1, scope: place.scope }, writing);
  if (dice.chance(0.6)) return `... on ${type.name}${directive} ${inner}`;
  const name = `F${fragments.length}`;
  fragments.push(`fragment ${name} on ${type.name} ${inner}`);
  return `...${name}${directive}`;
}

function condition({ dice, variables }: Writing): string {
  if (!dice.chance(0.08)) return '';
  const value = dice.chance(0.5) ? variables.flag() : String(dice.chance(0.5));
  return ` @${dice.pick(['include', 'skip'])}(if: ${value})`;
}
