import {
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  typeFromAST,
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLSchema,
  type NamedTypeNode,
  type OperationDefinitionNode,
} from 'graphql';
import type { Dice } from './dice.js';

/** The variables of one operation as it is written. */
export type Variables = {
  /** A variable of that type, given or left to its absence. */
  of(type: GraphQLInputType, value: unknown): string;
  /** A Boolean variable for `@skip` and `@include`; some have a default and are not given. */
  flag(): string;
  declarations(): string;
  values(): Record<string, unknown>;
};

export function createVariables(dice: Dice): Variables {
  const declared: string[] = [];
  const given: Record<string, unknown> = {};
  const declare = (type: string, value: unknown): string => {
    const name = `v${declared.length}`;
    declared.push(`$${name}: ${type}`);
    if (value !== undefined) given[name] = value;
    return `$${name}`;
  };
  return {
    of: (type, value) => declare(String(type), !isNonNullType(type) && dice.chance(0.1) ? undefined : value),
    flag: () =>
      dice.chance(0.3)
        ? declare(`Boolean = ${dice.chance(0.5)}`, undefined)
        : declare('Boolean!', dice.chance(0.5)),
    declarations: () => (declared.length > 0 ? `(${declared.join(', ')})` : ''),
    values: () => given,
  };
}

/** `(id: "id-3", first: $v0)`, or nothing. */
export function argumentsOf(
  args: readonly GraphQLArgument[],
  { dice, variables }: { dice: Dice; variables: Variables },
): string {
  const written = args.map(({ name, type }) => {
    const value = valueOf(type, name, dice);
    return `${name}: ${dice.chance(0.4) ? variables.of(type, value) : literal(value, type)}`;
  });
  return written.length > 0 ? `(${written.join(', ')})` : '';
}

/** Values for the variables an operation declares. */
export function variablesFor(
  operation: OperationDefinitionNode,
  schema: GraphQLSchema,
  dice: Dice,
): Record<string, unknown> {
  return Object.fromEntries(
    (operation.variableDefinitions ?? []).flatMap(({ variable, type }) => {
      const input = typeFromAST(schema, type as NamedTypeNode);
      if (!isInputType(input) || (!isNonNullType(input) && dice.chance(0.3))) return [];
      return [[variable.name.value, valueOf(input, variable.name.value, dice)]];
    }),
  );
}

function valueOf(type: GraphQLInputType, name: string, dice: Dice): unknown {
  if (!isNonNullType(type) && dice.chance(0.05)) return null;
  const real = getNullableType(type);
  if (isListType(real)) return Array.from({ length: dice.roll(3) }, () => valueOf(real.ofType, name, dice));
  if (isEnumType(real)) return real.getValues()[dice.roll(real.getValues().length)]?.name;
  if (isInputObjectType(real)) {
    const fields = Object.values(real.getFields()).filter(
      (field) => isRequiredInputField(field) || dice.chance(0.2),
    );
    return Object.fromEntries(
      (real.isOneOf ? fields.slice(0, 1) : fields).map((field) => [
        field.name,
        valueOf(field.type, field.name, dice),
      ]),
    );
  }
  switch (real.name) {
    case 'Int':
      return 1 + dice.roll(5);
    case 'Float':
      return dice.roll(9) + 0.5;
    case 'Boolean':
      return dice.chance(0.5);
    default:
      return `${name}-${dice.roll(7)}`;
  }
}

function literal(value: unknown, type: GraphQLInputType): string {
  if (value === null || value === undefined) return 'null';
  const real = getNullableType(type);
  if (isListType(real))
    return `[${(value as unknown[]).map((item) => literal(item, real.ofType)).join(', ')}]`;
  if (isEnumType(real)) return String(value);
  if (!isInputObjectType(real)) return JSON.stringify(value);
  const fields = real.getFields();
  return `{ ${Object.entries(value)
    .map(([name, inner]) => `${name}: ${literal(inner, fields[name]?.type ?? real)}`)
    .join(', ')} }`;
}
