import {
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  isAbstractType,
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type SelectionNode,
} from 'graphql';

/** Holds when the variable is (or is not) true. */
export type Condition = { readonly variable: string; readonly expected: boolean };

/** The fields that one key of an answer merges, and when any of them is asked for. */
export type FieldGroup = {
  readonly nodes: ReadonlySet<FieldNode>;
  /** Alternatives, each a list that must hold as a whole; `null` when the key is always there. */
  readonly conditions: readonly (readonly Condition[])[] | null;
};

type Surroundings = {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
};

type Group = { nodes: Set<FieldNode>; conditions: (readonly Condition[])[] | null };

const ALWAYS: readonly Condition[] = [];

/**
 * What an object of one type is asked for, by the keys of its answer (GraphQL specification, "CollectFields"). A fragment
 * is walked at most twice, so that a bomb of nested spreads costs no more than its text: once under the first condition
 * met, and once more as if it had none.
 */
export function collectFields(
  selections: Iterable<SelectionNode>,
  type: GraphQLObjectType,
  { schema, fragments }: Surroundings,
): ReadonlyMap<string, FieldGroup> {
  const groups = new Map<string, Group>();
  const walked = new Map<string, readonly Condition[]>();

  const walk = (nodes: Iterable<SelectionNode>, inherited: readonly Condition[]): void => {
    for (const node of nodes) {
      const own = conditionsOf(node.directives ?? []);
      if (!own) continue;
      const conditions = own.length > 0 ? [...inherited, ...own] : inherited;
      if (node.kind === Kind.FIELD) take(node, conditions);
      else if (node.kind === Kind.FRAGMENT_SPREAD) spread(node.name.value, conditions);
      else if (applies(node.typeCondition?.name.value)) walk(node.selectionSet.selections, conditions);
    }
  };
  const take = (node: FieldNode, conditions: readonly Condition[]): void => {
    const key = node.alias?.value ?? node.name.value;
    const group = groups.get(key) ?? { nodes: new Set(), conditions: [] };
    group.nodes.add(node);
    if (conditions.length === 0) group.conditions = null;
    else group.conditions?.push(conditions);
    groups.set(key, group);
  };
  const spread = (name: string, conditions: readonly Condition[]): void => {
    const earlier = walked.get(name);
    if (earlier?.length === 0) return;
    const now = earlier ? ALWAYS : conditions;
    walked.set(name, now);
    const fragment = fragments.get(name);
    if (fragment && applies(fragment.typeCondition.name.value)) walk(fragment.selectionSet.selections, now);
  };
  const applies = (condition: string | undefined): boolean => {
    if (condition === undefined || condition === type.name) return true;
    const wider = schema.getType(condition);
    return isAbstractType(wider) && schema.isSubType(wider, type);
  };

  walk(selections, ALWAYS);
  return groups;
}

/** What `@skip` and `@include` make of a selection; `null` when it is never there. */
function conditionsOf(directives: readonly DirectiveNode[]): Condition[] | null {
  const conditions: Condition[] = [];
  for (const { name, arguments: given } of directives) {
    if (name.value !== GraphQLSkipDirective.name && name.value !== GraphQLIncludeDirective.name) continue;
    const expected = name.value === GraphQLIncludeDirective.name;
    const value = given?.[0]?.value;
    if (value?.kind === Kind.VARIABLE) conditions.push({ variable: value.name.value, expected });
    else if (value?.kind === Kind.BOOLEAN && value.value !== expected) return null;
  }
  return conditions;
}
