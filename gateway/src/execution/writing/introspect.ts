import { executeSync, Kind, type FieldNode, type GraphQLSchema } from 'graphql';
import type { SelectedOperation } from '../../planning/select-operation.js';

/** The text of a `__schema` or `__type` field. */
export type Introspect = (
  nodes: readonly FieldNode[],
  variables: Readonly<Record<string, unknown>>,
) => string | null;

/** Introspection needs no subgraph: the client's schema answers. */
export function createIntrospect(
  { operation, fragments }: SelectedOperation,
  schema: GraphQLSchema,
): Introspect {
  return (nodes, variables) => {
    const selectionSet = { kind: Kind.SELECTION_SET, selections: nodes } as const;
    const document = {
      kind: Kind.DOCUMENT,
      definitions: [{ ...operation, selectionSet }, ...fragments.values()],
    } as const;
    const { data } = executeSync({ schema, document, variableValues: variables });
    const [value] = Object.values(data ?? {});
    return value === undefined ? null : JSON.stringify(value);
  };
}
