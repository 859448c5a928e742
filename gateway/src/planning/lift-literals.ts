import {
  getNamedType,
  isEnumType,
  isSpecifiedScalarType,
  Kind,
  parseType,
  TypeInfo,
  valueFromAST,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  type ValueNode,
  type VariableDefinitionNode,
} from 'graphql';

export type LiftedOperation = {
  readonly document: DocumentNode;
  /** The values taken out of the document, as variables. */
  readonly literals: Readonly<Record<string, unknown>>;
};

const PREFIX = 'literal_';

/**
 * Turns literal arguments into variables, so that operations which differ in their values only share one query plan.
 * Custom scalars and input objects stay where they are: what their literals mean is the subgraph's to say. Equal
 * literals become one variable, for fields that merge must keep equal arguments.
 */
export function liftLiterals(document: DocumentNode, schema: GraphQLSchema): LiftedOperation {
  if (namesClash(document)) return { document, literals: {} };
  const literals: Record<string, unknown> = {};
  const definitions: VariableDefinitionNode[] = [];
  const names = new Map<string, string>();
  const types = new TypeInfo(schema);

  const variableFor = (value: unknown, type: GraphQLInputType): string => {
    const identity = `${String(type)} ${JSON.stringify(value)}`;
    const known = names.get(identity);
    if (known) return known;
    const name = `${PREFIX}${names.size}`;
    names.set(identity, name);
    literals[name] = value;
    definitions.push({
      kind: Kind.VARIABLE_DEFINITION,
      variable: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } },
      type: parseType(String(type), { noLocation: true }),
    });
    return name;
  };

  const lifted = visit(
    document,
    visitWithTypeInfo(types, {
      VariableDefinition: () => false,
      Directive: () => false,
      Argument(node) {
        const type = types.getInputType();
        if (!type || !isLiftable(node.value, type)) return false;
        const value = valueFromAST(node.value, type);
        if (value === undefined) return false;
        const name = { kind: Kind.NAME, value: variableFor(value, type) } as const;
        return { ...node, value: { kind: Kind.VARIABLE, name } };
      },
    }),
  );
  return { document: define(lifted, definitions), literals };
}

function isLiftable(value: ValueNode, type: GraphQLInputType): boolean {
  const named = getNamedType(type);
  return isConstant(value) && (isSpecifiedScalarType(named) || isEnumType(named));
}

function isConstant(value: ValueNode): boolean {
  if (value.kind === Kind.LIST) return value.values.every(isConstant);
  return value.kind !== Kind.VARIABLE && value.kind !== Kind.NULL && value.kind !== Kind.OBJECT;
}

/** The one operation of the document learns of its new variables. */
function define(document: DocumentNode, definitions: readonly VariableDefinitionNode[]): DocumentNode {
  return {
    ...document,
    definitions: document.definitions.map((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION
        ? { ...definition, variableDefinitions: [...(definition.variableDefinitions ?? []), ...definitions] }
        : definition,
    ),
  };
}

function namesClash(document: DocumentNode): boolean {
  return document.definitions.some(
    (definition) =>
      definition.kind === Kind.OPERATION_DEFINITION &&
      definition.variableDefinitions?.some(({ variable }) => variable.name.value.startsWith(PREFIX)),
  );
}
