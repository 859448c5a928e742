import { randomUUID } from 'node:crypto';
import {
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
  isScalarType,
  isUnionType,
  type GraphQLField,
  type GraphQLInputType,
} from 'graphql';
import { newId, type IdKind } from '../../../packages/ids/src/index.js';

type AnyField = GraphQLField<unknown, unknown>;

/** Decides what is not given by the type alone. */
export type Choices = {
  /** The id that stands for an argument or input field of that name. */
  readonly idFor: (name: string, rootField: string) => unknown;
  /** A value of a scalar that is no id. */
  readonly scalarFor: (type: string, name: string) => unknown;
  /** Whether to give something that may be left out. */
  readonly giveOptional: (name: string) => boolean;
  readonly enumOf: (values: readonly string[]) => string;
  /** How many items a list has. */
  readonly length: () => number;
};

const KINDS: readonly (readonly [pattern: RegExp, kind: IdKind])[] = [
  [/orderline/i, 'orderLine'],
  [/line/i, 'cartLine'],
  [/shipment/i, 'shipment'],
  [/order/i, 'order'],
  [/review/i, 'review'],
  [/variant/i, 'variant'],
  [/product/i, 'product'],
  [/asset|avatar|logo/i, 'asset'],
  [/brand/i, 'brand'],
  [/categor|parent/i, 'category'],
  [/upload/i, 'upload'],
  [/import|job/i, 'importJob'],
  [/warehouse/i, 'warehouse'],
  [/coupon/i, 'coupon'],
  [/address/i, 'address'],
  [/session/i, 'session'],
  [/seller/i, 'seller'],
  [/customization|value/i, 'optionValue'],
  [/cart/i, 'cart'],
  [/user/i, 'user'],
];

/** What an id argument stands for, by its name or else by the field it is an argument of. */
export function kindFor(name: string, rootField: string): IdKind | null {
  const word = /^ids?$/.test(name) ? rootField : name;
  return KINDS.find(([pattern]) => pattern.test(word))?.[1] ?? null;
}

const MODEST: Readonly<Record<string, unknown>> = {
  Int: 1,
  Float: 1,
  Boolean: true,
  Decimal: '1.00',
  BigInt: '100',
  CountryCode: 'US',
  CurrencyCode: 'USD',
  LocaleCode: 'en',
  DateTime: '2030-01-01T00:00:00.000Z',
  JSON: {},
};

/** The least that is asked for, with well-formed values; ids of the kind the name speaks of. */
export function modest(idOf: (kind: IdKind) => string = newId): Choices {
  return {
    idFor: (name, rootField) => {
      const kind = kindFor(name, rootField);
      return kind && !name.endsWith('Key') ? idOf(kind) : randomUUID();
    },
    scalarFor: (type, name) => (/country/i.test(name) ? 'US' : (MODEST[type] ?? 'something')),
    giveOptional: (name) => name === 'id',
    enumOf: ([first = '']) => first,
    length: () => 1,
  };
}

/** An operation that asks one root field, with generated variables. */
export function operationFor(
  kind: 'query' | 'mutation' | 'subscription',
  field: AnyField,
  choices: Choices,
): { query: string; variables: Record<string, unknown> } {
  const given = field.args.filter((arg) => isRequiredArgument(arg) || choices.giveOptional(arg.name));
  const variables = Object.fromEntries(
    given.map(({ name, type }) => [name, valueFor(type, { name, rootField: field.name, choices })]),
  );
  const declared = given.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const passed = given.map(({ name }) => `${name}: $${name}`).join(', ');
  const named = getNamedType(field.type);
  const mayFail = isUnionType(named) && named.getTypes().some((type) => type.getInterfaces().length > 0);
  const failure = mayFail ? '... on UserError { code message path }' : '';
  const selection = isCompositeType(named) ? `{ __typename ${failure} }` : '';
  const query = `${kind} Generated${declared && `(${declared})`} { ${field.name}${passed && `(${passed})`} ${selection} }`;
  return { query, variables };
}

export function valueFor(
  type: GraphQLInputType,
  place: { name: string; rootField: string; choices: Choices },
): unknown {
  const { name, rootField, choices } = place;
  if (isNonNullType(type)) return valueFor(type.ofType, place);
  if (isListType(type)) return Array.from({ length: choices.length() }, () => valueFor(type.ofType, place));
  if (isEnumType(type)) return choices.enumOf(type.getValues().map((value) => value.name));
  if (isInputObjectType(type))
    return Object.fromEntries(
      Object.values(type.getFields())
        .filter((field) => isRequiredInputField(field) || choices.giveOptional(field.name))
        .map((field) => [field.name, valueFor(field.type, { ...place, name: field.name })]),
    );
  if (isScalarType(type) && type.name === 'ID') return choices.idFor(name, rootField);
  return choices.scalarFor(type.name, name);
}
