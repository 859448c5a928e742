import type { PlanNode, QueryPlan } from '@apollo/query-planner';
import {
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

type PlanDocument = (document: DocumentNode) => QueryPlan;

/**
 * Plans each root field of a mutation as an operation of its own, one after the other. The planner asks neighbours in
 * one subgraph together and completes their answers afterwards; but the GraphQL specification ("Normal and Serial
 * Execution") has each field completed, by other subgraphs too, before the next one begins to change things.
 */
export function planSerially(document: DocumentNode, plan: PlanDocument): QueryPlan {
  const whole = plan(document);
  const operation = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  if (operation?.operation !== 'mutation' || !completesLater(whole)) return whole;
  const steps = rootFields(operation, document).map((selections) =>
    plan(withSelections(document, operation, selections)),
  );
  const nodes = steps.flatMap(({ node }) => (node && node.kind !== 'Subscription' ? [node] : []));
  return { kind: 'QueryPlan', node: { kind: 'Sequence', nodes } };
}

/** Whether anything but root fields is fetched: root fields alone are serial as they are. */
function completesLater({ node }: QueryPlan): boolean {
  const goesOn = (one: PlanNode | undefined): boolean => {
    if (one?.kind === 'Sequence' || one?.kind === 'Parallel') return one.nodes.some(goesOn);
    if (one?.kind === 'Condition') return goesOn(one.ifClause) || goesOn(one.elseClause);
    return one?.kind === 'Flatten';
  };
  return node !== undefined && node.kind !== 'Subscription' && goesOn(node);
}

/** The root fields by response name in the order of the operation, each in the fragments and conditions around it. */
function rootFields(operation: OperationDefinitionNode, document: DocumentNode): SelectionNode[][] {
  const fragments = new Map(
    document.definitions.flatMap((one) =>
      one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [],
    ),
  );
  const found = new Map<string, SelectionNode[]>();
  const collect = (
    { selections }: SelectionSetNode,
    around: (field: SelectionNode) => SelectionNode,
  ): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const name = nameOf(selection);
        if (!selection.name.value.startsWith('__'))
          found.set(name, [...(found.get(name) ?? []), around(selection)]);
        continue;
      }
      const fragment = inline(selection, fragments);
      if (fragment)
        collect(fragment.selectionSet, (field) =>
          around({ ...fragment, selectionSet: { kind: Kind.SELECTION_SET, selections: [field] } }),
        );
    }
  };
  collect(operation.selectionSet, (field) => field);
  return [...found.values()];
}

function inline(
  selection: Exclude<SelectionNode, FieldNode>,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
) {
  if (selection.kind === Kind.INLINE_FRAGMENT) return selection;
  const definition = fragments.get(selection.name.value);
  if (!definition) return undefined;
  const { typeCondition, selectionSet } = definition;
  return {
    kind: Kind.INLINE_FRAGMENT,
    typeCondition,
    selectionSet,
    directives: selection.directives,
  } as const;
}

function withSelections(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  selections: readonly SelectionNode[],
): DocumentNode {
  const only = { ...operation, selectionSet: { kind: Kind.SELECTION_SET, selections } } as const;
  return { ...document, definitions: document.definitions.map((one) => (one === operation ? only : one)) };
}

function nameOf({ alias, name }: FieldNode): string {
  return alias?.value ?? name.value;
}
