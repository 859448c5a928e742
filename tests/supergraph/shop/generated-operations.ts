import {
  getNamedType,
  isCompositeType,
  isObjectType,
  isRequiredArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
} from 'graphql';
import { newId } from '../../../packages/ids/src/index.js';
import { randomFrom, type SeededRandom } from '../../../standalone/src/demo/seeded-random.js';
import { kindFor, operationFor, valueFor, type Choices } from './arguments.js';

export type GeneratedOperation = { readonly query: string; readonly variables: Record<string, unknown> };

const DEPTH = 3;
const FIELDS = 4;
const MEMBERS = 3;
/** Ends the session that later operations are asked in. */
const LEAVING = new Set(['logout', 'revokeSession', 'changePassword']);

const TEXTS = [
  '',
  ' ',
  'a',
  'Bicycle',
  'ÄÖ Ü',
  '💡',
  "'; --",
  '%_\\',
  '<b>x</b>',
  '\u0000',
  'x'.repeat(6_000),
  'USD',
  '../..',
];
const NUMBERS = [-2_147_483_648, -1, 0, 1, 2, 3, 100, 101, 2_147_483_647];
const DECIMALS = ['0', '-1', '0.001', '12.50', '1e9', 'NaN', '99999999999999999999.99'];
const TIMES = ['1970-01-01T00:00:00.000Z', '2030-02-28T23:59:59.999Z', '9999-12-31T23:59:59.999Z'];

/** Valid operations, the same for the same seed: every third a mutation, with arguments likely and unlikely. */
export function* generatedOperations(
  schema: GraphQLSchema,
  options: { seed: number; count: number; known: readonly string[] },
): Generator<GeneratedOperation> {
  for (let index = 0; index < options.count; index += 1) {
    const random = randomFrom(`${options.seed}/${index}`);
    const choices = choicesOf(random, options.known);
    const type = index % 3 === 0 ? schema.getMutationType() : schema.getQueryType();
    const fields = Object.values(type?.getFields() ?? {}).filter(({ name }) => !LEAVING.has(name));
    const field = random.pick(fields);
    const { query, variables } = operationFor(index % 3 === 0 ? 'mutation' : 'query', field, choices);
    const selection = selectionOf(getNamedType(field.type) as GraphQLCompositeType, {
      schema,
      random,
      choices,
      depth: DEPTH,
      prefix: '',
    });
    yield {
      query: isCompositeType(getNamedType(field.type)) ? withSelection(query, selection) : query,
      variables,
    };
  }
}

/** The operation asks its root field for `{ __typename … }`; it is to ask for more. */
function withSelection(query: string, selection: string): string {
  return query.replace(/\{ __typename .*\}\s*\}$/, `${selection} }`);
}

function choicesOf(random: SeededRandom, known: readonly string[]): Choices {
  return {
    idFor: (name, rootField) => {
      const kind = kindFor(name, rootField);
      const fitting = known.filter((id) => kind && id.startsWith(newId(kind).split('_')[0] ?? ''));
      if (fitting.length > 0 && random.chance(0.6)) return random.pick(fitting);
      return random.chance(0.6) && kind ? newId(kind) : random.pick([...known, ...TEXTS]);
    },
    scalarFor: (type) => {
      switch (type) {
        case 'Int':
          return random.pick(NUMBERS);
        case 'Float':
          return random.pick([...NUMBERS, 0.5]);
        case 'Boolean':
          return random.chance(0.5);
        case 'Decimal':
          return random.pick(DECIMALS);
        case 'BigInt':
          return random.pick(['0', '-1', '100', '99999999999999999999999']);
        case 'DateTime':
          return random.pick(TIMES);
        case 'JSON':
          return random.pick([null, {}, [1, 'a'], { a: { b: '\u0000' } }]);
        default:
          return random.pick(TEXTS);
      }
    },
    giveOptional: () => random.chance(0.4),
    enumOf: (values) => random.pick(values),
    length: () => random.pick([0, 1, 1, 2, 5]),
  };
}

type Selecting = {
  schema: GraphQLSchema;
  random: SeededRandom;
  choices: Choices;
  depth: number;
  prefix: string;
};

function selectionOf(type: GraphQLCompositeType, selecting: Selecting): string {
  const { schema, random, depth } = selecting;
  const parts = ['__typename'];
  if (isObjectType(type)) {
    const deepEnough = Object.values(type.getFields()).filter(
      (field) => depth > 0 || !isCompositeType(getNamedType(field.type)),
    );
    for (const field of random.sample(deepEnough, FIELDS)) parts.push(fieldOf(field, selecting));
  } else
    for (const possible of random.sample(schema.getPossibleTypes(type), MEMBERS)) {
      const inner = { ...selecting, depth: depth - 1, prefix: `${possible.name}_` };
      parts.push(`... on ${possible.name} ${selectionOf(possible, inner)}`);
    }
  return `{ ${parts.join(' ')} }`;
}

function fieldOf(field: GraphQLField<unknown, unknown>, selecting: Selecting): string {
  const { choices, depth, prefix } = selecting;
  const given = field.args.filter(
    (arg) => isRequiredArgument(arg) || (arg.name === 'first' && choices.giveOptional(arg.name)),
  );
  const args = given.map(
    (arg) =>
      `${arg.name}: ${literal(valueFor(arg.type, { name: arg.name, rootField: field.name, choices }))}`,
  );
  const named = getNamedType(field.type);
  const inner = isCompositeType(named)
    ? selectionOf(named, { ...selecting, depth: depth - 1, prefix: '' })
    : '';
  const alias = prefix && `${prefix}${field.name}: `;
  return `${alias}${field.name}${args.length > 0 ? `(${args.join(', ')})` : ''} ${inner}`;
}

function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value === 'object' && value !== null)
    return `{ ${Object.entries(value)
      .map(([key, inner]) => `${key}: ${literal(inner)}`)
      .join(', ')} }`;
  return JSON.stringify(value) ?? 'null';
}
