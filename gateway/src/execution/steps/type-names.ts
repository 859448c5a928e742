import { isAbstractType, isInterfaceType, isObjectType, type GraphQLSchema } from 'graphql';

/** Which `__typename`s satisfy a type condition, looked up once for each condition. */
export type TypeNames = {
  accepts(condition: string): (typename: string) => boolean;
  /** Whether objects of this name exist, so that only its own name satisfies it. */
  isConcrete(name: string): boolean;
};

/** @param schema the supergraph: subgraphs name types that clients do not see */
export function createTypeNames(schema: GraphQLSchema): TypeNames {
  const known = new Map<string, ReadonlySet<string>>();
  const namesOf = (condition: string): ReadonlySet<string> => {
    const names = known.get(condition) ?? new Set(namesSatisfying(condition, schema));
    known.set(condition, names);
    return names;
  };
  return {
    accepts(condition) {
      const names = namesOf(condition);
      return (typename) => names.has(typename);
    },
    isConcrete: (name) => isObjectType(schema.getType(name)),
  };
}

function namesSatisfying(condition: string, schema: GraphQLSchema): string[] {
  const type = schema.getType(condition);
  if (!isAbstractType(type)) return [condition];
  const below = Object.values(schema.getTypeMap()).filter(
    (one) => (isObjectType(one) || isInterfaceType(one)) && schema.isSubType(type, one),
  );
  return [condition, ...below.map(({ name }) => name)];
}
