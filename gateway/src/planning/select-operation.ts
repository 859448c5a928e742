import {
  Kind,
  visit,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
} from 'graphql';
import { refusal } from '@storegraph/subgraph-server';

/** One operation of a document with the fragments it reaches, and nothing else. */
export type SelectedOperation = {
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly document: DocumentNode;
};

/**
 * Finds the operation to run (GraphQL specification, "GetOperation").
 *
 * @throws {GraphQLError} `BAD_USER_INPUT` (400) when there is none of that name, or several and no name
 */
export function selectOperation(
  document: DocumentNode,
  operationName: string | undefined,
): SelectedOperation {
  const operations = document.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
  if (!operationName && operations.length > 1)
    throw unknownOperation('The document has several operations: name one in "operationName".');
  const operation = operationName
    ? operations.find(({ name }) => name?.value === operationName)
    : operations[0];
  if (!operation) throw unknownOperation('The document has no operation of that name.');
  return selectedFrom(document, operation);
}

function selectedFrom(document: DocumentNode, operation: OperationDefinitionNode): SelectedOperation {
  const all = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) all.set(definition.name.value, definition);
  const fragments = new Map<string, FragmentDefinitionNode>();
  const reach = (node: OperationDefinitionNode | FragmentDefinitionNode): void => {
    visit(node, {
      FragmentSpread({ name }) {
        const fragment = all.get(name.value);
        if (!fragment || fragments.has(name.value)) return;
        fragments.set(name.value, fragment);
        reach(fragment);
      },
    });
  };
  reach(operation);
  return {
    operation,
    fragments,
    document: { kind: Kind.DOCUMENT, definitions: [operation, ...fragments.values()] },
  };
}

function unknownOperation(message: string) {
  return refusal('BAD_USER_INPUT', message, { http: { status: 400 } });
}
