import {
  getNamedType,
  isInputObjectType,
  Kind,
  type GraphQLArgument,
  type GraphQLInputType,
  type ValueNode,
} from 'graphql';
import type { CostWeights } from './cost-weights.js';
import type { Amount } from './price-formula.js';
import { DEFAULT_COST, type Pricing } from './pricing.js';

/**
 * What the value of an argument costs: the argument's own weight, and each input object in it, in lists too. So that
 * putting five hundred lines into a cart costs more than putting one.
 *
 * @param coordinate `Type.field(argument:)`
 */
export function priceArgument(
  argument: { node: ValueNode; definition: GraphQLArgument; coordinate: string },
  { formula, weights, readVariable }: Pricing,
): Amount {
  const inputs = inputPricing(weights);
  const written = (type: GraphQLInputType, node: ValueNode): Amount => {
    const named = getNamedType(type);
    if (!isInputObjectType(named)) return 0;
    if (node.kind === Kind.VARIABLE)
      return formula.given((variables) => inputs.priceOf(type, readVariable(node.name.value, variables)));
    if (node.kind === Kind.LIST) return formula.sum(node.values.map((item) => written(type, item)));
    if (node.kind !== Kind.OBJECT) return 0;
    const fields = named.getFields();
    const parts = node.fields.flatMap(({ name, value }) => {
      const field = fields[name.value];
      return field ? [inputs.weightOfField(named.name, name.value), written(field.type, value)] : [];
    });
    return formula.sum([inputs.weightOfObject(named.name), ...parts]);
  };
  return formula.sum([
    weights.weightOf(argument.coordinate) ?? 0,
    written(argument.definition.type, argument.node),
  ]);
}

function inputPricing(weights: CostWeights) {
  const weightOfObject = (type: string): number => weights.weightOf(type) ?? DEFAULT_COST.inputObjectPoints;
  const weightOfField = (type: string, field: string): number => weights.weightOf(`${type}.${field}`) ?? 0;

  /** The same for what a variable holds. Values of the wrong shape cost nothing: they are refused for their shape. */
  const priceOf = (type: GraphQLInputType, value: unknown): number => {
    const named = getNamedType(type);
    if (!isInputObjectType(named) || typeof value !== 'object' || value === null) return 0;
    if (Array.isArray(value)) return value.reduce<number>((total, item) => total + priceOf(type, item), 0);
    const fields = named.getFields();
    return Object.entries(value).reduce((total, [name, inner]) => {
      const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
      return field ? total + weightOfField(named.name, name) + priceOf(field.type, inner) : total;
    }, weightOfObject(named.name));
  };
  return { priceOf, weightOfObject, weightOfField };
}
