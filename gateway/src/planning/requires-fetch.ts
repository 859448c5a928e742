import type { FetchDataRewrite, FetchNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import { Kind, parse, print, stripIgnoredCharacters, visit, type DocumentNode } from 'graphql';
import { splitConflicts } from './requires-conflicts.js';
import type { SeparatedSupergraph } from './requires-supergraph.js';

/** The fetch, or the fetches it takes, in names its subgraph knows. */
export function restoreFetch(fetch: FetchNode, separated: SeparatedSupergraph): FetchNode[] {
  return splitConflicts(fetch, separated).map((part) =>
    withRenames(withRealFields(part, separated), separated),
  );
}

/** Asks for the real fields, under their private names. */
function withRealFields(fetch: FetchNode, { fields }: SeparatedSupergraph): FetchNode {
  const asked = parse(fetch.operation, { noLocation: true });
  const document: DocumentNode = visit(asked, {
    Field(node) {
      const real = fields.get(node.name.value);
      if (!real) return undefined;
      return {
        ...node,
        alias: node.alias ?? node.name,
        name: { kind: Kind.NAME, value: real.name },
        arguments: real.args,
      };
    },
  });
  if (document === asked) return fetch;
  const { operationDocumentNode: _outdated, ...rest } = fetch;
  return { ...rest, operation: stripIgnoredCharacters(print(document)) };
}

/** Tells the subgraph what it requires under the real names; the innermost first, while their parents' are private. */
function withRenames(fetch: FetchNode, separated: SeparatedSupergraph): FetchNode {
  const renames = renamesIn(fetch.requires ?? [], [], separated);
  if (renames.length === 0) return fetch;
  return { ...fetch, inputRewrites: [...renames, ...(fetch.inputRewrites ?? [])] };
}

function renamesIn(
  selections: readonly QueryPlanSelectionNode[],
  path: readonly string[],
  separated: SeparatedSupergraph,
): FetchDataRewrite[] {
  return selections.flatMap((selection): FetchDataRewrite[] => {
    const isField = selection.kind === 'Field';
    const step = isField
      ? [selection.name]
      : selection.typeCondition
        ? [`... on ${selection.typeCondition}`]
        : [];
    const here = [...path, ...step];
    const inner = renamesIn(selection.selections ?? [], here, separated);
    const real = isField ? separated.fields.get(selection.name) : undefined;
    return real ? [...inner, { kind: 'KeyRenamer', path: here, renameKeyTo: real.name }] : inner;
  });
}
