import {
  defaultFieldResolver,
  getDirectiveValues,
  isObjectType,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { hasScopes, isStaff, type UserViewer, type Viewer } from '@storegraph/identity';
import { refuse } from './refusal.js';

/** What a policy looks at: the object the field belongs to, and the field's arguments. */
export type PolicyTarget = { readonly parent: unknown; readonly args: Readonly<Record<string, unknown>> };

/** Decides one policy for one object. Loads what it needs through the context's loaders. */
export type PolicyCheck<Context> = (context: Context, target: PolicyTarget) => boolean | Promise<boolean>;

export type Policies<Context> = Readonly<Record<string, PolicyCheck<Context>>>;

/**
 * The signed-in person a field with `@authenticated` was asked by.
 *
 * @throws {GraphQLError} `UNAUTHENTICATED` when there is none
 */
export function requireUser(viewer: Viewer): UserViewer {
  return viewer.kind === 'user' ? viewer : refuse('UNAUTHENTICATED', 'Sign in first.');
}

type Rules = string[][];
type Access = { authenticated: boolean; scopes: Rules | null; policies: Rules | null };

/**
 * Enforces `@authenticated`, `@requiresScopes` and `@policy` inside the subgraph, before a field's own resolver
 * runs. The gateway enforces them too; a request that reached the subgraph another way meets them here.
 * A subscription is checked when it starts and again for every event. A rule on a type holds for all its fields.
 *
 * @throws {TypeError} at start-up, for a policy nobody defined or a rule that cannot be read
 */
export function enforceAccess<Context extends { viewer: Viewer }>(
  schema: GraphQLSchema,
  policies: Policies<Context>,
): void {
  const known: Policies<Context> = {
    staff: ({ viewer }) => viewer.kind === 'user' && isStaff(viewer.role),
    service: ({ viewer }) => viewer.kind === 'service',
    ...policies,
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      // The type's rule is checked first, and each of its fields has it.
      for (const bearer of [field, type]) {
        const access = accessOf(schema, bearer);
        if (!access) continue;
        for (const name of access.policies?.flat() ?? []) {
          if (!Object.hasOwn(known, name))
            throw new TypeError(`${type.name}.${field.name} names the unknown policy "${name}"`);
        }
        guard(field, access, known);
      }
    }
  }
}

type Bearer = GraphQLObjectType | GraphQLField<unknown, unknown>;

function accessOf(schema: GraphQLSchema, bearer: Bearer): Access | null {
  const nodes = [bearer.astNode, ...('extensionASTNodes' in bearer ? bearer.extensionASTNodes : [])];
  const carriers = nodes.filter((node) => node != null);
  const carrier = (name: string) =>
    carriers.find(({ directives }) => directives?.some((directive) => directive.name.value === name));
  const rules = (name: string, argument: string): Rules | null => {
    const node = carrier(name);
    if (!node) return null;
    const directive = schema.getDirective(name);
    const values = directive && getDirectiveValues(directive, node)?.[argument];
    // A rule that cannot be read must not be taken for no rule.
    if (!Array.isArray(values)) throw new TypeError(`@${name} of ${bearer.name} cannot be read`);
    return values as Rules;
  };
  const access = {
    authenticated: carrier('authenticated') !== undefined,
    scopes: rules('requiresScopes', 'scopes'),
    policies: rules('policy', 'policies'),
  };
  return access.authenticated || access.scopes || access.policies ? access : null;
}

function guard<Context extends { viewer: Viewer }>(
  field: GraphQLField<unknown, Context>,
  access: Access,
  policies: Policies<Context>,
): void {
  const guarded =
    (next: GraphQLFieldResolver<unknown, Context>): GraphQLFieldResolver<unknown, Context> =>
    async (parent, args, context, info) => {
      await requireAccess(access, policies, { context, target: { parent, args } });
      return next(parent, args, context, info);
    };
  field.resolve = guarded(field.resolve ?? defaultFieldResolver);
  if (field.subscribe) field.subscribe = guarded(field.subscribe);
}

async function requireAccess<Context extends { viewer: Viewer }>(
  access: Access,
  policies: Policies<Context>,
  { context, target }: { context: Context; target: PolicyTarget },
): Promise<void> {
  const { viewer } = context;
  const needsSignIn = access.authenticated || access.scopes !== null;
  if (needsSignIn && viewer.kind === 'anonymous') refuse('UNAUTHENTICATED', 'Sign in first.');
  if (access.authenticated && viewer.kind !== 'user')
    refuse('FORBIDDEN', 'This is for people, not for services.');
  if (access.scopes && !hasScopes(viewer, access.scopes)) {
    refuse('FORBIDDEN', 'You may not do this.', { requiredScopes: access.scopes });
  }
  if (access.policies && !(await satisfiesAny(access.policies, policies, { context, target }))) {
    if (viewer.kind === 'anonymous') refuse('UNAUTHENTICATED', 'Sign in first.');
    refuse('FORBIDDEN', 'This is not yours.');
  }
}

async function satisfiesAny<Context>(
  rules: Rules,
  policies: Policies<Context>,
  { context, target }: { context: Context; target: PolicyTarget },
): Promise<boolean> {
  for (const all of rules) {
    const outcomes = await Promise.all(
      all.map(async (name) => (await policies[name]?.(context, target)) ?? false),
    );
    if (outcomes.every(Boolean)) return true;
  }
  return false;
}
