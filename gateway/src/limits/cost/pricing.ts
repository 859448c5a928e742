import type { FragmentDefinitionNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { CostWeights } from './cost-weights.js';
import { createFormula, type Formula, type Variables } from './price-formula.js';
import { valueFromASTUntyped } from 'graphql';

/** Reads a variable as the client gave it, or its default. */
type ReadVariable = (name: string, variables: Variables) => unknown;

/** What the parts of one operation's price are made with. */
export type Pricing = {
  readonly schema: GraphQLSchema;
  readonly weights: CostWeights;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly formula: Formula;
  readonly readVariable: ReadVariable;
};

/** Where `@cost` and `@listSize` say nothing. */
export const DEFAULT_COST = {
  objectPoints: 1,
  inputObjectPoints: 1,
  mutationPoints: 10,
  listItems: 10,
} as const;

export function createPricing(
  { operation, fragments }: { operation: OperationDefinitionNode; fragments: Pricing['fragments'] },
  graph: { schema: GraphQLSchema; weights: CostWeights },
): Pricing {
  return { ...graph, fragments, formula: createFormula(), readVariable: createReadVariable(operation) };
}

function createReadVariable(operation: OperationDefinitionNode): ReadVariable {
  const defaults = new Map<string, unknown>();
  for (const { variable, defaultValue } of operation.variableDefinitions ?? [])
    if (defaultValue) defaults.set(variable.name.value, valueFromASTUntyped(defaultValue));
  return (name, variables) => {
    const given = Object.hasOwn(variables, name) ? variables[name] : undefined;
    return given === undefined ? defaults.get(name) : given;
  };
}
