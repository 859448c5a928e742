import {
  Kind,
  parse,
  print,
  type ArgumentNode,
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type FieldNode,
  type InterfaceTypeDefinitionNode,
  type ObjectTypeDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type TypeNode,
} from 'graphql';
import { privateName } from './requires-names.js';

/** What a subgraph is asked for in place of a private field. */
export type RequiredField = { readonly name: string; readonly args: readonly ArgumentNode[] };

/** The private fields one field requires, each with its ancestors: `size`, `size.width`. */
export type RequiredPaths = ReadonlySet<string>;

export type SeparatedSupergraph = {
  /** The supergraph in which keys and requirements speak of private fields. */
  readonly document: DocumentNode;
  /** By private name. */
  readonly fields: ReadonlyMap<string, RequiredField>;
  /** What a field of a subgraph requires, in private names. */
  requiredBy(subgraph: string, typeName: string, fieldName: string): RequiredPaths;
};

/** Which fields get private twins: those with arguments that are required, or all that are keys or required. */
export type SeparationScope = 'arguments' | 'everything';

type CompositeType = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

const NONE: RequiredPaths = new Set();

/**
 * Gives each required field a private twin, one for each combination of arguments, so that two requirements never meet
 * under one name, nor a requirement and what the client asks for. The planner knows fields in results by their
 * response names only; with twins, that is enough.
 *
 * @returns `null` when nothing of that scope is required
 */
export function separateRequiredFields(
  document: DocumentNode,
  scope: SeparationScope,
): SeparatedSupergraph | null {
  const types = compositeTypes(document);
  const graphs = subgraphNames(document);
  const twins = createTwins(types, scope);
  const required = new Map<string, RequiredPaths>();

  const rewriteField = (typeName: string, field: FieldDefinitionNode): FieldDefinitionNode => ({
    ...field,
    directives: field.directives?.map((directive) =>
      rewriteArgument(directive, { of: 'join__field', name: 'requires' }, (selection) => {
        const separated = twins.separate(selection, typeName);
        const graph = graphs.get(argumentOf(directive, 'graph') ?? '') ?? '';
        required.set(`${graph} ${typeName}.${field.name.value}`, pathsOf(separated));
        return separated;
      }),
    ),
  });
  const rewriteKeys = (type: CompositeType): CompositeType['directives'] =>
    scope === 'arguments'
      ? type.directives
      : type.directives?.map((directive) =>
          rewriteArgument(directive, { of: 'join__type', name: 'key' }, (key) =>
            twins.separate(key, type.name.value),
          ),
        );

  const rewritten = document.definitions.map((definition) =>
    isComposite(definition)
      ? {
          ...definition,
          directives: rewriteKeys(definition),
          fields: definition.fields?.map((field) => rewriteField(definition.name.value, field)),
        }
      : definition,
  );
  if (twins.fields.size === 0) return null;
  return {
    document: {
      ...document,
      definitions: rewritten.map((definition) =>
        isComposite(definition) ? { ...definition, fields: twins.join(definition) } : definition,
      ),
    },
    fields: twins.fields,
    requiredBy: (subgraph, typeName, fieldName) =>
      required.get(`${subgraph} ${typeName}.${fieldName}`) ?? NONE,
  };
}

/** Makes private twins as selections name them, on interfaces and whatever implements them. */
function createTwins(types: ReadonlyMap<string, CompositeType>, scope: SeparationScope) {
  const fields = new Map<string, RequiredField>();
  const names = new Map<string, string>();
  const wanted = new Map<string, Set<string>>();

  const twinOf = ({ name, arguments: args = [] }: FieldNode, typeName: string): string => {
    const identity = `${name.value}(${args.map(print).sort().join()})`;
    const twin = names.get(identity) ?? privateName(names.size, name.value);
    names.set(identity, twin);
    fields.set(twin, { name: name.value, args });
    for (const one of [typeName, ...implementersOf(typeName, types)])
      wanted.set(one, (wanted.get(one) ?? new Set()).add(twin));
    return twin;
  };

  const separate = ({ selections }: SelectionSetNode, typeName: string): SelectionSetNode => ({
    kind: Kind.SELECTION_SET,
    selections: selections.map((selection) => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return selection;
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const inner = selection.typeCondition?.name.value ?? typeName;
        return { ...selection, selectionSet: separate(selection.selectionSet, inner) };
      }
      const definition = fieldOf(types.get(typeName), selection.name.value);
      const inner = definition && selection.selectionSet;
      const field = inner
        ? { ...selection, selectionSet: separate(inner, namedType(definition.type)) }
        : selection;
      if (!definition || (scope === 'arguments' && !definition.arguments?.length)) return field;
      return { ...field, arguments: [], name: named(twinOf(selection, typeName)) };
    }),
  });

  /** The type's fields, and a twin of each that needs one, resolved where the field itself is. */
  const join = (type: CompositeType): FieldDefinitionNode[] => {
    const joined = [...(type.fields ?? [])];
    for (const twin of wanted.get(type.name.value) ?? []) {
      const original = fieldOf(type, fields.get(twin)?.name ?? '');
      if (!original) continue;
      const directives = original.directives?.filter(({ name }) => name.value === 'join__field');
      joined.push({ ...original, name: named(twin), arguments: [], description: undefined, directives });
    }
    return joined;
  };

  return { fields, separate, join };
}

/** Rewrites a directive's argument that holds a selection; any other directive stays as it is. */
function rewriteArgument(
  directive: ConstDirectiveNode,
  { of, name }: { of: string; name: string },
  rewrite: (selection: SelectionSetNode) => SelectionSetNode,
): ConstDirectiveNode {
  if (directive.name.value !== of) return directive;
  return {
    ...directive,
    arguments: directive.arguments?.map((argument) =>
      argument.name.value === name && argument.value.kind === Kind.STRING
        ? {
            ...argument,
            value: { ...argument.value, value: printFields(rewrite(parseFields(argument.value.value))) },
          }
        : argument,
    ),
  };
}

function parseFields(text: string): SelectionSetNode {
  const [operation] = parse(`{ ${text} }`, { noLocation: true }).definitions;
  return (operation as OperationDefinitionNode).selectionSet;
}

function printFields(selectionSet: SelectionSetNode): string {
  return print(selectionSet).slice(1, -1).trim();
}

function pathsOf(selectionSet: SelectionSetNode, prefix = ''): Set<string> {
  const paths = new Set<string>();
  for (const selection of selectionSet.selections) {
    if (selection.kind === Kind.FRAGMENT_SPREAD) continue;
    const path = selection.kind === Kind.FIELD ? `${prefix}${selection.name.value}` : null;
    if (path) paths.add(path);
    if (selection.selectionSet)
      for (const inner of pathsOf(selection.selectionSet, path ? `${path}.` : prefix)) paths.add(inner);
  }
  return paths;
}

function compositeTypes(document: DocumentNode): Map<string, CompositeType> {
  return new Map(document.definitions.filter(isComposite).map((type) => [type.name.value, type]));
}

function isComposite(definition: DocumentNode['definitions'][number]): definition is CompositeType {
  return (
    definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION
  );
}

function implementersOf(typeName: string, types: ReadonlyMap<string, CompositeType>): string[] {
  return [...types.values()]
    .filter(({ interfaces }) => interfaces?.some(({ name }) => name.value === typeName))
    .map(({ name }) => name.value);
}

/** Subgraph names by the supergraph's enum values for them. */
function subgraphNames(document: DocumentNode): Map<string, string> {
  const names = new Map<string, string>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.ENUM_TYPE_DEFINITION && definition.name.value === 'join__Graph')
      for (const value of definition.values ?? []) {
        const [graph] = value.directives ?? [];
        names.set(value.name.value, (graph && argumentOf(graph, 'name')) ?? value.name.value);
      }
  return names;
}

function argumentOf(directive: ConstDirectiveNode, name: string): string | undefined {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value;
  return value && 'value' in value ? String(value.value) : undefined;
}

function fieldOf(type: CompositeType | undefined, name: string): FieldDefinitionNode | undefined {
  return type?.fields?.find((field) => field.name.value === name);
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}

function named(value: string) {
  return { kind: Kind.NAME, value } as const;
}
