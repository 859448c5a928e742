import { Kind, visit, type OperationDefinitionNode, type ValueNode } from 'graphql';
import { refusal } from '@storegraph/subgraph-server';
import type { SelectedOperation } from '../planning/select-operation.js';

const MAXIMUM = 100;
const SIZES = new Set(['first', 'last']);

type Variables = Readonly<Record<string, unknown>>;

/** @throws {GraphQLError} `BAD_USER_INPUT` (400) for more than a hundred at a time */
export type PageSizeCheck = (variables: Variables) => void;

/** Finds the page sizes an operation asks for, once, and answers a check for each run. */
export function pageSizeCheck({ document, operation }: SelectedOperation): PageSizeCheck {
  const sizes = new Map<string, ValueNode[]>();
  visit(document, {
    Argument({ name, value }) {
      if (SIZES.has(name.value)) sizes.set(name.value, [...(sizes.get(name.value) ?? []), value]);
      return false;
    },
  });
  return (variables) => {
    for (const [name, values] of sizes)
      for (const value of values)
        if (sizeOf(value, operation, variables) > MAXIMUM)
          throw refusal('BAD_USER_INPUT', `"${name}" is at most ${MAXIMUM}.`, { http: { status: 400 } });
  };
}

function sizeOf(node: ValueNode, operation: OperationDefinitionNode, variables: Variables): number {
  if (node.kind === Kind.INT) return Number(node.value);
  if (node.kind !== Kind.VARIABLE) return 0;
  const name = node.name.value;
  if (variables[name] !== undefined) return Number(variables[name]);
  const definition = operation.variableDefinitions?.find(({ variable }) => variable.name.value === name);
  return definition?.defaultValue ? sizeOf(definition.defaultValue, operation, {}) : 0;
}
