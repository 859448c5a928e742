import {
  createUnionType,
  Field,
  Int,
  InterfaceType,
  ObjectType,
  registerEnumType,
  type ClassType,
} from 'type-graphql';
import type { ZodType } from 'zod';
import { AssumedSize, Shareable } from './directives.js';

/** One thing wrong with an input. */
export type InputProblem = { readonly path: string[]; readonly message: string };

export type InvalidInput = {
  __typename: 'InvalidInput';
  code: 'INVALID_INPUT';
  message: string;
  path: string[];
  issues: InputProblem[];
};
export type NotFound = { __typename: 'NotFound'; code: 'NOT_FOUND'; message: string; path: string[] };
export type Conflict = {
  __typename: 'Conflict';
  code: 'CONFLICT';
  message: string;
  path: string[];
  currentVersion: number | null;
};

@Shareable()
@ObjectType('InputIssue', { description: 'One thing that is wrong with an input.' })
class InputIssue {
  @Field(() => [String], { description: 'The way to the field, from the input down.' })
  path!: string[];

  @Field(() => String, { description: 'What is wrong with it.' })
  message!: string;
}

/**
 * The `UserError` interface and its three common members for one subgraph, with the subgraph's own codes.
 * Composition unions the codes of all subgraphs: `ErrorCode` is never an input.
 *
 * @param codes a string enum whose values equal its names
 * @param descriptions what each code means, for the schema
 */
export function defineUserErrors<Code extends Record<string, string>>(
  codes: Code,
  descriptions: { [Name in keyof Code]: string },
) {
  registerEnumType(codes, {
    name: 'ErrorCode',
    description: 'Why something could not be done, for programs to branch on.',
    valuesConfig: Object.fromEntries(
      Object.entries(descriptions).map(([name, description]) => [name, { description }]),
    ) as never,
  });

  @InterfaceType('UserError', {
    description: 'An expected failure, as data.',
    autoRegisterImplementations: false,
  })
  abstract class UserError {
    @Field(() => codes, { description: 'What kind of failure this is.' })
    code!: string;

    @Field(() => String, { description: 'What went wrong, for people.' })
    message!: string;

    @Field(() => [String], {
      nullable: true,
      description: 'The way to the input field that caused it, if one did.',
    })
    path!: string[] | null;
  }

  @Shareable()
  @ObjectType('InvalidInput', {
    implements: UserError,
    description: 'The input breaks a rule; nothing was changed.',
  })
  class InvalidInputType extends UserError {
    @AssumedSize(5)
    @Field(() => [InputIssue], { description: 'Everything that is wrong with the input.' })
    issues!: InputIssue[];
  }

  @Shareable()
  @ObjectType('NotFound', {
    implements: UserError,
    description: 'Something the input names does not exist, or is not yours.',
  })
  class NotFoundType extends UserError {}

  @Shareable()
  @ObjectType('Conflict', {
    implements: UserError,
    description: 'It has changed since you looked; look again and retry.',
  })
  class ConflictType extends UserError {
    @Field(() => Int, { nullable: true, description: 'The version it has now.' })
    currentVersion!: number | null;
  }

  return { UserError, InvalidInput: InvalidInputType, NotFound: NotFoundType, Conflict: ConflictType };
}

export function invalidInput(path: string[], message: string): InvalidInput {
  return { __typename: 'InvalidInput', code: 'INVALID_INPUT', message, path, issues: [{ path, message }] };
}

export function notFound(path: string[], message: string): NotFound {
  return { __typename: 'NotFound', code: 'NOT_FOUND', message, path };
}

export function conflict(path: string[], message: string, currentVersion: number | null = null): Conflict {
  return { __typename: 'Conflict', code: 'CONFLICT', message, path, currentVersion };
}

/** Checks an input against its rules and gathers all problems in one `InvalidInput`. */
export function checkInput<Value>(
  schema: ZodType<Value>,
  input: unknown,
): { ok: true; value: Value } | { ok: false; problem: InvalidInput } {
  const result = schema.safeParse(input);
  if (result.success) return { ok: true, value: result.data };
  const issues = result.error.issues.map((issue) => ({
    path: ['input', ...issue.path.map(String)],
    message: issue.message,
  }));
  const [first = { path: ['input'], message: 'is not valid' }] = issues;
  return {
    ok: false,
    problem: {
      __typename: 'InvalidInput',
      code: 'INVALID_INPUT',
      message: `${first.path.join('.')}: ${first.message}`,
      path: first.path,
      issues,
    },
  };
}

/** A result union whose members are told apart by `__typename`; success first. */
export function resultUnion<Types extends readonly ClassType[]>(options: {
  name: string;
  description: string;
  types: () => Types;
}) {
  return createUnionType({
    ...options,
    resolveType: (value: unknown) => (value as { __typename: string }).__typename,
  });
}
