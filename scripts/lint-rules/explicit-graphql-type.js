/**
 * A GraphQL decorator names its type with a thunk: `@Field(() => String)`, `@Arg('input', () => PlaceOrderInput)`.
 *
 * Why: `emitDecoratorMetadata` is off, because with it two types that name each other in ES modules die with
 * "Cannot access … before initialization". Without metadata a decorator that leaves its type out has nothing
 * to guess from and fails at start, far from the line that caused it.
 */
const THUNK_POSITION = { Field: 0, Query: 0, Mutation: 0, Subscription: 0, FieldResolver: 0, Arg: 1 };

/** @type {import('eslint').Rule.RuleModule} */
export const explicitGraphqlType = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { missing: '@{{decorator}} needs an explicit type thunk, such as `() => String`.' },
  },
  create: (context) => ({
    Decorator(node) {
      const call = node.expression;
      const decorator = call.type === 'CallExpression' ? call.callee.name : call.name;
      if (!Object.hasOwn(THUNK_POSITION, decorator ?? '')) return;
      const given = call.type === 'CallExpression' ? call.arguments[THUNK_POSITION[decorator]] : undefined;
      // A thunk, or a name that stands for one; options alone, or nothing, are a type left out.
      if (given?.type === 'ArrowFunctionExpression' || given?.type === 'Identifier') return;
      context.report({ node, messageId: 'missing', data: { decorator } });
    },
  }),
};
