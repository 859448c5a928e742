import {
  getNullableType,
  GraphQLError,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLAbstractType,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import { chanceOf } from './dice.js';

/** Something of the fake world. Its key decides everything about it. */
export type Thing = {
  readonly __typename: string;
  readonly key: string;
  /** Where it was made: another subgraph may know its type with other members and values. */
  readonly schema: GraphQLSchema;
};

export type FakeOptions = {
  readonly seed: string;
  /** Whether the type is an entity: those are few, so that many paths lead to each. */
  readonly isEntity: (typeName: string) => boolean;
  /** Whether the field identifies its entity. */
  readonly isKey: (typeName: string, fieldName: string) => boolean;
  /** Whether something hangs on the field that the client cannot see: such a field never fails. */
  readonly isReliable: (typeName: string, fieldName: string) => boolean;
};

export type FakeValues = (
  of: Thing,
  field: GraphQLField<unknown, unknown>,
  asked: { readonly args: object; readonly schema: GraphQLSchema },
) => unknown;

const ENTITIES_PER_TYPE = 7;
const NULLS = 0.08;
const ERRORS = 0.015;

/** Values that depend on what is asked of whom, and on nothing else: not on the path, the order or the fetch. */
export function createFakeValues({ seed, isEntity, isKey, isReliable }: FakeOptions): FakeValues {
  const thing = (__typename: string, place: string, schema: GraphQLSchema): Thing => {
    const chance = chanceOf(place);
    return {
      __typename,
      schema,
      key: isEntity(__typename)
        ? String(Math.floor(chance * ENTITIES_PER_TYPE))
        : Math.floor(chance * 2 ** 32).toString(36),
    };
  };

  const value = (type: GraphQLOutputType, place: string, schema: GraphQLSchema): unknown => {
    if (!isNonNullType(type) && chanceOf(`${place} is null`) < NULLS) return null;
    const real = getNullableType(type);
    if (isListType(real)) {
      const length = Math.floor(chanceOf(`${place} is long`) * 4);
      return Array.from({ length }, (_, index) => value(real.ofType, `${place} #${index}`, schema));
    }
    if (isObjectType(real)) return thing(real.name, place, schema);
    if (isAbstractType(real)) return thing(memberOf(real, place, schema), place, schema);
    const chance = chanceOf(place);
    if (isEnumType(real)) return real.getValues()[Math.floor(chance * real.getValues().length)]?.name;
    return leaf(real.name, chance);
  };

  return (of, field, { args, schema }) => {
    if (isKey(of.__typename, field.name)) return keyValue(of, field);
    const place = `${seed} ${of.__typename} ${of.key} ${field.name} ${sortedJson(args)}`;
    if (!isReliable(of.__typename, field.name) && chanceOf(`${place} fails`) < ERRORS)
      throw new GraphQLError('It fails here.', { extensions: { code: 'FAKE_FAILURE' } });
    return value(field.type, place, schema);
  };
}

/** Whatever the key field, its value ends with the entity's key: any of them leads back to it. */
function keyValue({ key }: Thing, field: GraphQLField<unknown, unknown>): unknown {
  return getNullableType(field.type).toString() === 'Int' ? Number(key) : `${field.name}-${key}`;
}

/** The entity a representation speaks of; `null` when it carries none of the keys. */
export function thingOf(
  representation: Readonly<Record<string, unknown>>,
  { isKey, schema }: Pick<FakeOptions, 'isKey'> & { schema: GraphQLSchema },
): Thing | null {
  const __typename = String(representation['__typename']);
  for (const [name, given] of Object.entries(representation)) {
    if (!isKey(__typename, name)) continue;
    const key = /\d+$/.exec(String(given))?.[0];
    if (key) return { __typename, key, schema };
  }
  return null;
}

function memberOf(type: GraphQLAbstractType, place: string, schema: GraphQLSchema): string {
  const members = schema
    .getPossibleTypes(type)
    .map(({ name }) => name)
    .sort();
  return members[Math.floor(chanceOf(`${place} is a`) * members.length)] ?? type.name;
}

function leaf(scalar: string, chance: number): unknown {
  const number = Math.floor(chance * 1_000);
  switch (scalar) {
    case 'Int':
      return number - 100;
    case 'Float':
      return number / 8;
    case 'Boolean':
      return number % 2 === 0;
    case 'JSON':
      return number % 2 === 0
        ? { number, list: [null, { id: 'x' }], __typename: 'NoType' }
        : [number, 'ø "quoted"\n'];
    default:
      return number % 20 === 0 ? '' : `${scalar} ${number} ✓ "\\`;
  }
}

function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}
