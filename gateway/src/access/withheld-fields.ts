import { GraphQLError, Kind, visit, type DocumentNode, type FieldNode } from 'graphql';
import { refusal } from '@storegraph/subgraph-server';
import type { Verdict } from './verdict.js';

type Denial = NonNullable<Verdict>;

/** One answer key that is withheld: where it would have been, the executor leaves a placeholder. */
type Withheld = { readonly key: string; readonly code: Denial; readonly placeholder: string };

export type WithheldFields = { readonly document: DocumentNode; readonly withheld: readonly Withheld[] };

const PLACEHOLDER = 'withheld__';

/**
 * Takes denied fields out of an operation. Each becomes `withheld__0: __typename`: no subgraph is asked for the field,
 * yet the answer shows where it would have been, type conditions, lists and directives included.
 */
export function withholdFields(
  document: DocumentNode,
  denied: ReadonlyMap<FieldNode, Denial>,
): WithheldFields {
  const withheld: Withheld[] = [];
  const placeholderFor = (key: string, code: Denial): string => {
    const same = withheld.find((one) => one.key === key && one.code === code);
    if (same) return same.placeholder;
    const placeholder = `${PLACEHOLDER}${withheld.length}`;
    withheld.push({ key, code, placeholder });
    return placeholder;
  };
  const rewritten = visit(document, {
    Field(node) {
      const code = denied.get(node);
      if (!code) return undefined;
      const placeholder = placeholderFor(node.alias?.value ?? node.name.value, code);
      return {
        kind: Kind.FIELD,
        alias: { kind: Kind.NAME, value: placeholder },
        name: { kind: Kind.NAME, value: '__typename' },
        directives: node.directives,
      } satisfies FieldNode;
    },
  });
  return { document: rewritten, withheld };
}

/** Puts `null` where fields were withheld, and says so once for each, at the first place met. */
export function showWithheld(
  data: Record<string, unknown>,
  withheld: readonly Withheld[],
): { data: Record<string, unknown>; errors: GraphQLError[] } {
  const byPlaceholder = new Map(withheld.map((one) => [one.placeholder, one]));
  const errors = new Map<Withheld, GraphQLError>();
  const path: (string | number)[] = [];

  const restore = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map((item, index) => at(index, item));
    if (typeof value !== 'object' || value === null) return value;
    // Without a prototype, an alias such as __proto__ is a key like any other.
    const restored = Object.create(null) as Record<string, unknown>;
    for (const [key, inner] of Object.entries(value)) {
      const denial = byPlaceholder.get(key);
      if (!denial) restored[key] = at(key, inner);
      else if (!Object.hasOwn(value, denial.key)) {
        restored[denial.key] = null;
        if (!errors.has(denial)) errors.set(denial, denialError(denial.code, [...path, denial.key]));
      }
    }
    return restored;
  };
  const at = (step: string | number, value: unknown): unknown => {
    path.push(step);
    const restored = restore(value);
    path.pop();
    return restored;
  };
  return { data: restore(data) as Record<string, unknown>, errors: [...errors.values()] };
}

/** What a client is told at the place of a field it may not see. */
export const WITHHELD_MESSAGES: Readonly<Record<Denial, string>> = {
  UNAUTHENTICATED: 'Sign in first.',
  FORBIDDEN: 'You may not see this.',
};

function denialError(code: Denial, path: (string | number)[]): GraphQLError {
  return new GraphQLError(WITHHELD_MESSAGES[code], { path, extensions: { code } });
}

/** The refusal of a whole operation; answered as HTTP 401 or 403. */
export function refuseOperation(code: Denial): GraphQLError {
  return refusal(code, code === 'FORBIDDEN' ? 'You may not do this.' : WITHHELD_MESSAGES[code], {
    http: { status: code === 'FORBIDDEN' ? 403 : 401 },
  });
}
