import {
  Kind,
  visit,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type SelectionNode,
} from 'graphql';

const TYPE_NAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/**
 * Prepares `@skip` and `@include` for the planner, which has two things wrong: it forgets `@skip(if: true)` where fields
 * merge, and where everything in an object depends on a condition it takes the object to depend on it, so that a
 * mutation is not run whose answer is not looked at. What is never asked for is taken out, and every object is asked for
 * something that is always there. Answers are shaped by the operation as it was.
 */
export function settleConditions(document: DocumentNode): DocumentNode {
  return visit(document, {
    Field: withoutWhatNeverIs,
    InlineFragment: withoutWhatNeverIs,
    FragmentSpread: withoutWhatNeverIs,
    SelectionSet: {
      leave(node, _key, parent) {
        const isRoot = parent && 'kind' in parent && parent.kind === Kind.OPERATION_DEFINITION;
        const isSure = isRoot ? node.selections.length > 0 : !node.selections.every(isConditional);
        return isSure ? undefined : { ...node, selections: [TYPE_NAME, ...node.selections] };
      },
    },
  });
}

function withoutWhatNeverIs({ directives = [] }: SelectionNode): null | undefined {
  return directives.some((one) => valueOf(one, 'skip') === true || valueOf(one, 'include') === false)
    ? null
    : undefined;
}

function isConditional({ directives = [] }: SelectionNode): boolean {
  return directives.some(({ name }) => name.value === 'skip' || name.value === 'include');
}

/** The literal condition of the directive of that name. */
function valueOf({ name, arguments: args = [] }: DirectiveNode, wanted: string): boolean | undefined {
  const [condition] = args;
  return name.value === wanted && condition?.value.kind === Kind.BOOLEAN ? condition.value.value : undefined;
}
