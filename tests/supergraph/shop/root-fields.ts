import { Kind, valueFromASTUntyped, type ConstDirectiveNode } from 'graphql';
import { readSubgraphs } from '../../../scripts/schema/subgraph-sources.js';
import { viewSubgraph } from '../../../scripts/schema-rules/subgraph-view.js';

/** What the access directives of a field, or of its type, ask of a viewer. */
export type AccessRule = {
  readonly authenticated: boolean;
  readonly scopes: readonly (readonly string[])[] | null;
  readonly policies: readonly (readonly string[])[] | null;
};

/** A field clients start from that not everyone may ask. */
export type RootField = {
  readonly kind: 'query' | 'mutation' | 'subscription';
  readonly name: string;
  readonly rule: AccessRule;
};

const KINDS = { Query: 'query', Mutation: 'mutation', Subscription: 'subscription' } as const;

/** Every protected root field of every subgraph that clients can see. */
export function protectedRootFields(): RootField[] {
  return readSubgraphs()
    .map(viewSubgraph)
    .flatMap(({ types }) =>
      Object.entries(KINDS).flatMap(([type, kind]) =>
        (types.get(type)?.fields ?? []).flatMap(({ name, directives = [] }) => {
          const names = directives.map((directive) => directive.name.value);
          if (names.includes('inaccessible')) return [];
          const rule = ruleOf(directives);
          return rule ? [{ kind, name: name.value, rule }] : [];
        }),
      ),
    );
}

/** @returns `null` where everyone may */
export function ruleOf(directives: readonly ConstDirectiveNode[]): AccessRule | null {
  const authenticated = directives.some(({ name }) => name.value === 'authenticated');
  const scopes = listOf(directives, 'requiresScopes');
  const policies = listOf(directives, 'policy');
  return authenticated || scopes || policies ? { authenticated, scopes, policies } : null;
}

function listOf(directives: readonly ConstDirectiveNode[], name: string): string[][] | null {
  const [argument] = directives.find((directive) => directive.name.value === name)?.arguments ?? [];
  return argument?.value.kind === Kind.LIST ? (valueFromASTUntyped(argument.value) as string[][]) : null;
}
