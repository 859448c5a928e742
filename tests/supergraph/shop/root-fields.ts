import { Kind, valueFromASTUntyped, type ConstDirectiveNode } from 'graphql';
import { readSubgraphs } from '../../../scripts/schema/subgraph-sources.js';
import { viewSubgraph } from '../../../scripts/schema-rules/subgraph-view.js';

/** A field clients start from that not everyone may ask. */
export type RootField = {
  readonly kind: 'query' | 'mutation' | 'subscription';
  readonly name: string;
  readonly rule: {
    readonly authenticated: boolean;
    readonly scopes: readonly (readonly string[])[] | null;
    readonly policies: readonly (readonly string[])[] | null;
  };
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
          const rule = {
            authenticated: names.includes('authenticated'),
            scopes: listOf(directives, 'requiresScopes'),
            policies: listOf(directives, 'policy'),
          };
          const isProtected = rule.authenticated || rule.scopes || rule.policies;
          return isProtected ? [{ kind, name: name.value, rule }] : [];
        }),
      ),
    );
}

function listOf(directives: readonly ConstDirectiveNode[], name: string): string[][] | null {
  const [argument] = directives.find((directive) => directive.name.value === name)?.arguments ?? [];
  return argument?.value.kind === Kind.LIST ? (valueFromASTUntyped(argument.value) as string[][]) : null;
}
