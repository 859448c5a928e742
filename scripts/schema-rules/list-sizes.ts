import { Kind, type FieldDefinitionNode, type TypeNode } from 'graphql';
import type { Finding } from './finding.js';
import { hasDirective, namedTypeOf, type SubgraphView } from './subgraph-view.js';

/**
 * A list of objects tells cost analysis its size by @listSize: without it, operations would be priced by a guess. The
 * edges of a connection are sized by the field that answers the connection.
 */
export function listsSayTheirSize(subgraphs: SubgraphView[]): Finding[] {
  return subgraphs.flatMap((subgraph) =>
    [...subgraph.types.values()].flatMap((type) =>
      type.fields
        .filter((field) => isUnsized(field, subgraph))
        .filter((field) => !(type.name.endsWith('Connection') && field.name.value === 'edges'))
        .map((field) => ({
          rule: 'lists-say-their-size',
          at: `${subgraph.name} ${type.name}.${field.name.value}`,
          message: 'a list of objects has @listSize',
        })),
    ),
  );
}

function isUnsized(field: FieldDefinitionNode, { types, unions }: SubgraphView): boolean {
  const name = namedTypeOf(field.type);
  return isList(field.type) && (types.has(name) || unions.has(name)) && !hasDirective(field, 'listSize');
}

function isList(type: TypeNode): boolean {
  if (type.kind === Kind.NAMED_TYPE) return false;
  return type.kind === Kind.LIST_TYPE || isList(type.type);
}
