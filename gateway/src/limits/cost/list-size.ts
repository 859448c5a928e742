import {
  isListType,
  isNonNullType,
  Kind,
  type FieldNode,
  type GraphQLField,
  type GraphQLOutputType,
  type ValueNode,
} from 'graphql';
import { refusal } from '@storegraph/subgraph-server';
import type { ListSize } from './cost-weights.js';
import type { Amount, Formula, Variables } from './price-formula.js';
import { DEFAULT_COST, type Pricing } from './pricing.js';

type Field = GraphQLField<unknown, unknown>;

/** What a field makes of `@listSize`. */
export type SizedField = {
  /** How many times its selection is answered. */
  readonly items: Amount;
  /** Sizes for lists inside it, by field name: those a connection's `first` is meant for. */
  readonly handedOn: Sizes;
};

export type Sizes = ReadonlyMap<string, Amount>;

export const NO_SIZES: Sizes = new Map();

/**
 * How many items a selected field answers at most.
 *
 * @param asked.coordinate `Type.field`
 * @param asked.inherited the size its parent hands to it, if it does
 * @throws {GraphQLError} `GRAPHQL_VALIDATION_FAILED` (400) where exactly one slicing argument is required
 */
export function sizeField(
  asked: { node: FieldNode; field: Field; coordinate: string; inherited: Amount | undefined },
  pricing: Pricing,
): SizedField {
  const { node, field, inherited } = asked;
  const rule = pricing.weights.listSizeOf(asked.coordinate);
  const size = rule && sliceOf(rule, { node, field }, pricing);
  const own = rule?.sizedFields.length === 0 ? size : undefined;
  return {
    items: itemsOf(field.type, inherited ?? own ?? DEFAULT_COST.listItems, pricing.formula),
    handedOn: size === undefined ? NO_SIZES : new Map(rule?.sizedFields.map((name) => [name, size])),
  };
}

/** Of several slicing arguments the largest counts; without any, the assumed size. */
function sliceOf(
  rule: ListSize,
  { node, field }: { node: FieldNode; field: Field },
  pricing: Pricing,
): Amount {
  const slices = rule.slicingArguments.flatMap((name): Slice[] => {
    const value = node.arguments?.find((argument) => argument.name.value === name)?.value;
    const preset = sizeFrom(field.args.find((argument) => argument.name === name)?.defaultValue);
    return value || preset !== null ? [{ value, preset }] : [];
  });
  if (rule.requireOneSlicingArgument && rule.slicingArguments.length > 0 && slices.length !== 1)
    throw refusal(
      'GRAPHQL_VALIDATION_FAILED',
      `Say how many with exactly one of: ${rule.slicingArguments.join(', ')}.`,
      { field: field.name, http: { status: 400 } },
    );
  const assumed = rule.assumedSize ?? DEFAULT_COST.listItems;
  const largest = (variables: Variables): number => {
    const sizes = slices.map((slice) => sizeIn(slice, variables, pricing)).filter((size) => size !== null);
    return sizes.length > 0 ? Math.max(...sizes) : assumed;
  };
  const varies = slices.some(({ value }) => value?.kind === Kind.VARIABLE);
  return varies ? pricing.formula.given(largest) : largest({});
}

/** A slicing argument as written, and its default. */
type Slice = { readonly value: ValueNode | undefined; readonly preset: number | null };

function sizeIn({ value, preset }: Slice, variables: Variables, { readVariable }: Pricing): number | null {
  if (!value) return preset;
  if (value.kind === Kind.INT) return sizeFrom(Number(value.value));
  if (value.kind !== Kind.VARIABLE) return null;
  const given = readVariable(value.name.value, variables);
  return given === undefined ? preset : sizeFrom(given);
}

/** Values of the wrong type say nothing here: they are refused later, for their type. */
function sizeFrom(value: unknown): number | null {
  return typeof value === 'number' && value >= 0 ? value : null;
}

/** The lists inside a list are taken for lists of the usual size. */
function itemsOf(type: GraphQLOutputType, size: Amount, formula: Formula): Amount {
  if (isNonNullType(type)) return itemsOf(type.ofType as GraphQLOutputType, size, formula);
  if (!isListType(type)) return 1;
  return formula.times(size, itemsOf(type.ofType, DEFAULT_COST.listItems, formula));
}
