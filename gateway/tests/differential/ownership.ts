import { Kind, valueFromASTUntyped, type ConstDirectiveNode, type DocumentNode } from 'graphql';

/** Who answers for what, as the supergraph tells it. */
export type Ownership = {
  readonly isEntity: (typeName: string) => boolean;
  readonly isKey: (typeName: string, fieldName: string) => boolean;
  /** Keys, and fields other subgraphs require. */
  readonly isReliable: (typeName: string, fieldName: string) => boolean;
  /** The name of a subgraph that resolves the field; empty when the supergraph does not know the type. */
  readonly ownerOf: (typeName: string, fieldName: string) => string;
};

type JoinType = { graph: string; key?: string };
type JoinField = { graph?: string; external?: boolean };

export function readOwnership(supergraph: DocumentNode): Ownership {
  const keys = new Map<string, Set<string>>();
  const reliable = new Set<string>();
  const owners = new Map<string, string>();
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION)
      continue;
    const typeName = definition.name.value;
    const joined = applied<JoinType>(definition.directives, 'join__type');
    for (const { key } of joined)
      for (const name of key?.split(' ') ?? [])
        keys.set(typeName, (keys.get(typeName) ?? new Set()).add(name));
    for (const field of definition.fields ?? []) {
      const joins = applied<JoinField>(field.directives, 'join__field');
      const coordinate = `${typeName}.${field.name.value}`;
      if (joins.some(({ external }) => external)) reliable.add(coordinate);
      const owner = joins.find(({ graph, external }) => graph && !external)?.graph ?? joined[0]?.graph ?? '';
      owners.set(coordinate, owner.toLowerCase());
    }
  }
  const isKey: Ownership['isKey'] = (typeName, fieldName) => keys.get(typeName)?.has(fieldName) ?? false;
  return {
    isEntity: (typeName) => keys.has(typeName),
    isKey,
    isReliable: (typeName, fieldName) =>
      isKey(typeName, fieldName) || reliable.has(`${typeName}.${fieldName}`),
    ownerOf: (typeName, fieldName) => owners.get(`${typeName}.${fieldName}`) ?? '',
  };
}

function applied<Arguments>(
  directives: readonly ConstDirectiveNode[] | undefined,
  name: string,
): Arguments[] {
  return (directives ?? [])
    .filter((directive) => directive.name.value === name)
    .map(
      (directive) =>
        Object.fromEntries(
          (directive.arguments ?? []).map((argument) => [
            argument.name.value,
            valueFromASTUntyped(argument.value),
          ]),
        ) as Arguments,
    );
}
