import { GraphQLError, visit, type DocumentNode } from 'graphql';
import { refusal } from '@storegraph/subgraph-server';

/**
 * The name under which a plan carries a required field, such as `required__0__price`. No client may use such an
 * alias, so nothing a client asks for can stand where a subgraph expects what it requires.
 */
export function privateName(index: number, fieldName: string): string {
  return `required__${index}__${fieldName}`;
}

const PRIVATE = /^required__\d+__(.+)$/;

/** The field behind a private name; any other name is its own. */
export function publicName(name: string): string {
  return PRIVATE.exec(name)?.[1] ?? name;
}

/**
 * @throws {GraphQLError} `GRAPHQL_VALIDATION_FAILED` (400) for aliases the gateway needs itself: private names, and
 * `__typename` for anything else
 */
export function requireFreeAliases(document: DocumentNode): void {
  visit(document, {
    Field({ alias, name }) {
      if (!alias || alias.value === name.value) return;
      if (alias.value !== '__typename' && !PRIVATE.test(alias.value)) return;
      throw refusal('GRAPHQL_VALIDATION_FAILED', `The alias "${alias.value}" is reserved.`, {
        http: { status: 400 },
      });
    },
  });
}

/** Whether a field goes by the name of another one that subgraphs are to be told. */
export function takesNames(document: DocumentNode, names: ReadonlySet<string>): boolean {
  const takes = { any: false };
  visit(document, {
    Field({ alias, name }) {
      if (alias && alias.value !== name.value && names.has(alias.value)) takes.any = true;
    },
  });
  return takes.any;
}

/**
 * Renames what Apollo's executor leaves under a private name in representations: its renaming passes over null, zero,
 * false and the empty string.
 */
export function withPublicNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withPublicNames);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([key, inner]) => [publicName(key), withPublicNames(inner)]),
  );
}

/** An error of a required field speaks of the field, not of the name the plan has for it. */
export function withPublicPath(error: GraphQLError): GraphQLError {
  const { message, path, extensions } = error;
  if (!path?.some((step) => typeof step === 'string' && PRIVATE.test(step))) return error;
  return new GraphQLError(message, {
    path: path.map((step) => (typeof step === 'string' ? publicName(step) : step)),
    extensions,
  });
}
