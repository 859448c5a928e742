import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  type SelectionNode,
} from 'graphql';
import type { SelectedOperation } from '../../planning/select-operation.js';
import { collectFields, type Condition, type FieldGroup } from './collect-fields.js';
import type { CostWeights } from './cost-weights.js';
import { NO_SIZES, sizeField, type Sizes } from './list-size.js';
import { priceArgument } from './price-arguments.js';
import type { Amount, Variables } from './price-formula.js';
import { createPricing, DEFAULT_COST, type Pricing } from './pricing.js';

/** What an operation costs at most with these variables, in points. May be infinite. */
export type Price = (variables: Variables) => number;

/**
 * Prices an operation by what it may answer at most (GraphQL Cost Directives specification): a field costs its own
 * weight and its arguments' once, and for each item of its answer the weight of the type and what is asked of it. Of
 * an abstract type the dearest possible type counts; what merges in the answer counts once; introspection is free.
 *
 * @param selected a valid operation
 * @returns a formula over the variables, worked out for each request
 * @throws {GraphQLError} `GRAPHQL_VALIDATION_FAILED` (400) where exactly one slicing argument is required
 */
export function priceOperation(
  selected: SelectedOperation,
  graph: { schema: GraphQLSchema; weights: CostWeights },
): Price {
  const pricing = createPricing(selected, graph);
  const { operation } = selected;
  const root = graph.schema.getRootType(operation.operation);
  if (!root) return () => 0;
  const objects = createObjectPricing(pricing);
  return pricing.formula.solve(objects.priceFields(operation.selectionSet.selections, root, NO_SIZES));
}

/** Prices objects of the answer; what several places ask alike of one type is priced once. */
function createObjectPricing(pricing: Pricing) {
  const { schema, weights, formula } = pricing;
  const mutationType = schema.getMutationType();
  const known = new Map<string, Amount>();
  const numbers = new Map<FieldNode, number>();

  const priceFields = (
    selections: Iterable<SelectionNode>,
    type: GraphQLObjectType,
    sizes: Sizes,
  ): Amount => {
    const groups = collectFields(selections, type, pricing);
    return formula.sum([...groups.values()].map((group) => priceGroup(group, type, sizes)));
  };

  const priceGroup = ({ nodes, conditions }: FieldGroup, parent: GraphQLObjectType, sizes: Sizes): Amount => {
    const amount = priceField([...nodes], parent, sizes);
    if (!conditions) return amount;
    return formula.when(
      (variables) => conditions.some((all) => all.every(holdsFor(variables, pricing))),
      amount,
    );
  };

  const priceField = (nodes: FieldNode[], parent: GraphQLObjectType, sizes: Sizes): Amount => {
    const [node] = nodes as [FieldNode];
    const field = parent.getFields()[node.name.value];
    if (!field) return 0; // `__typename` and introspection
    const coordinate = `${parent.name}.${field.name}`;
    const own = weights.weightOf(coordinate) ?? (parent === mutationType ? DEFAULT_COST.mutationPoints : 0);
    const inherited = sizes.get(field.name);
    const { items, handedOn } = sizeField({ node, field, coordinate, inherited }, pricing);
    const type = getNamedType(field.type);
    const item = isCompositeType(type)
      ? priceObject(nodes, type, handedOn)
      : (weights.weightOf(type.name) ?? 0);
    return formula.sum([
      own,
      ...priceArguments(node, field, { coordinate, pricing }),
      formula.times(items, item),
    ]);
  };

  const priceObject = (nodes: FieldNode[], type: GraphQLCompositeType, sizes: Sizes): Amount => {
    const key = [type.name, ...nodes.map(numberOf), ...[...sizes].flatMap(nameOfSize)].join(' ');
    const priced = known.get(key);
    if (priced !== undefined) return priced;
    const selections = nodes.flatMap(({ selectionSet }) => selectionSet?.selections ?? []);
    const possible = isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
    const amounts = possible.map((one) => {
      const points = weights.weightOf(one.name) ?? DEFAULT_COST.objectPoints;
      return formula.sum([points, priceFields(selections, one, sizes)]);
    });
    const amount = formula.largest(amounts);
    known.set(key, amount);
    return amount;
  };

  const numberOf = (node: FieldNode): number => {
    const number = numbers.get(node) ?? numbers.size;
    numbers.set(node, number);
    return number;
  };

  return { priceFields };
}

function priceArguments(
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
  { coordinate, pricing }: { coordinate: string; pricing: Pricing },
): Amount[] {
  return (node.arguments ?? []).flatMap(({ name, value }) => {
    const definition = field.args.find((argument) => argument.name === name.value);
    if (!definition) return [];
    return [priceArgument({ node: value, definition, coordinate: `${coordinate}(${name.value}:)` }, pricing)];
  });
}

function nameOfSize([name, size]: [string, Amount]): string {
  return `${name}=${typeof size === 'number' ? size : `step${size.step}`}`;
}

function holdsFor(variables: Variables, { readVariable }: Pricing): (condition: Condition) => boolean {
  return ({ variable, expected }) => (readVariable(variable, variables) === true) === expected;
}
