import {
  Kind,
  parse,
  type ConstDirectiveNode,
  type FieldDefinitionNode,
  type InterfaceTypeDefinitionNode,
  type InterfaceTypeExtensionNode,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  type TypeNode,
} from 'graphql';

type FieldedNode =
  | ObjectTypeDefinitionNode
  | ObjectTypeExtensionNode
  | InterfaceTypeDefinitionNode
  | InterfaceTypeExtensionNode;

/** An object or interface type of one subgraph, definition and extensions taken together. */
export interface FieldedType {
  name: string;
  fields: FieldDefinitionNode[];
  directives: ConstDirectiveNode[];
  interfaces: string[];
}

/** What the schema rules need to know of one subgraph. */
export interface SubgraphView {
  name: string;
  types: Map<string, FieldedType>;
  unions: Map<string, string[]>;
}

export const ROOT_TYPES = ['Query', 'Mutation', 'Subscription'] as const;

export function isRootType(name: string): boolean {
  return (ROOT_TYPES as readonly string[]).includes(name);
}

export function viewSubgraph({ name, sdl }: { name: string; sdl: string }): SubgraphView {
  const view: SubgraphView = { name, types: new Map(), unions: new Map() };
  for (const node of parse(sdl).definitions) {
    if (isFielded(node)) addFielded(view, node);
    else if (node.kind === Kind.UNION_TYPE_DEFINITION || node.kind === Kind.UNION_TYPE_EXTENSION) {
      const members = node.types?.map((member) => member.name.value) ?? [];
      view.unions.set(node.name.value, [...(view.unions.get(node.name.value) ?? []), ...members]);
    }
  }
  return view;
}

function isFielded(node: { kind: Kind }): node is FieldedNode {
  return (
    node.kind === Kind.OBJECT_TYPE_DEFINITION ||
    node.kind === Kind.OBJECT_TYPE_EXTENSION ||
    node.kind === Kind.INTERFACE_TYPE_DEFINITION ||
    node.kind === Kind.INTERFACE_TYPE_EXTENSION
  );
}

function addFielded(view: SubgraphView, node: FieldedNode): void {
  const name = node.name.value;
  const type = view.types.get(name) ?? { name, fields: [], directives: [], interfaces: [] };
  type.fields.push(...(node.fields ?? []));
  type.directives.push(...(node.directives ?? []));
  type.interfaces.push(...(node.interfaces ?? []).map((each) => each.name.value));
  view.types.set(name, type);
}

export function hasDirective(
  { directives }: { directives?: readonly ConstDirectiveNode[] },
  ...names: string[]
): boolean {
  return (directives ?? []).some((directive) => names.includes(directive.name.value));
}

/** Names of the fields a type's `@key`s start with: `@key(fields: "id owner { id }")` gives id and owner. */
export function keyFieldsOf(type: FieldedType): Set<string> {
  const names = type.directives
    .filter((directive) => directive.name.value === 'key')
    .flatMap((directive) => directive.arguments ?? [])
    .flatMap(({ name, value }) =>
      name.value === 'fields' && value.kind === Kind.STRING ? [value.value.replace(/\{[^}]*\}/g, ' ')] : [],
    )
    .flatMap((fields) => fields.split(/\s+/).filter(Boolean));
  return new Set(names);
}

export function namedTypeOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedTypeOf(type.type);
}

/** Whether the innermost named type carries no `!`: true of `A` and `[A]!`, false of `A!` and `[A!]`. */
export function isItemNullable(type: TypeNode): boolean {
  if (type.kind === Kind.NAMED_TYPE) return true;
  if (type.kind === Kind.LIST_TYPE) return isItemNullable(type.type);
  return type.type.kind === Kind.LIST_TYPE && isItemNullable(type.type);
}
