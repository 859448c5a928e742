import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { GraphQLDateTimeISO, GraphQLJSON } from 'graphql-scalars';

const text = (name: string, description: string, accepts: RegExp) => {
  const parse = (value: unknown): string => {
    if (typeof value === 'string' && accepts.test(value)) return value;
    throw new GraphQLError(`${name} cannot represent ${JSON.stringify(value)}`, {
      extensions: { code: 'BAD_USER_INPUT' },
    });
  };
  return new GraphQLScalarType<string, string>({
    name,
    description,
    serialize: (value) => String(value),
    parseValue: parse,
    parseLiteral: (node) =>
      parse(
        node.kind === Kind.STRING || node.kind === Kind.INT || node.kind === Kind.FLOAT ? node.value : null,
      ),
  });
};

/** A moment in UTC, RFC 3339 with milliseconds. */
export const DateTime = new GraphQLScalarType({
  ...GraphQLDateTimeISO.toConfig(),
  name: 'DateTime',
  description: 'A moment in UTC, as RFC 3339 text: `2026-03-01T09:30:00.000Z`.',
});

export const Decimal = text(
  'Decimal',
  'An exact decimal number as text, never a float: `"1299.90"`.',
  /^-?\d{1,15}(\.\d{1,12})?$/,
);

export const BigIntText = text(
  'BigInt',
  'A whole number of any size, as text: `"2147483648"`.',
  /^-?\d{1,19}$/,
);

export const CurrencyCode = text('CurrencyCode', 'A currency, as ISO 4217 names it: `USD`.', /^[A-Z]{3}$/);

export const LocaleCode = text(
  'LocaleCode',
  'A language and region, as BCP 47 names them: `en-GB`.',
  /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/,
);

export const CountryCode = text(
  'CountryCode',
  'A country, as ISO 3166-1 alpha-2 names it: `DE`.',
  /^[A-Z]{2}$/,
);

/** A merchant's own free metadata. */
export const Json = new GraphQLScalarType({
  ...GraphQLJSON.toConfig(),
  name: 'JSON',
  description: "A merchant's own free metadata: any JSON value.",
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc8259',
});
