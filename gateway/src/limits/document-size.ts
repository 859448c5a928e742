import {
  Kind,
  visit,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { refusal } from '@storegraph/subgraph-server';

/** How large a request may be, over HTTP and over a socket. */
export const REQUEST_BYTES = 100 * 1_024; // 100 kB

/** What a document may ask for. Selections, aliases and directives count as often as fragments repeat them. */
export const DOCUMENT_LIMITS = {
  tokens: 4_000,
  depth: 16,
  selections: 1_000,
  aliases: 60,
  directives: 60,
  rootFields: 30,
  /** Spread or not: validation compares each with each. */
  fragments: 100,
  /** Lists and objects inside one another: planning takes twice as long for each. */
  literalDepth: 10,
} as const;

type Limit = keyof typeof DOCUMENT_LIMITS;

type Measure = {
  depth: number;
  selections: number;
  aliases: number;
  directives: number;
};

const NOTHING: Measure = { depth: 0, selections: 0, aliases: 0, directives: 0 };

/**
 * Refuses documents that are small to write and huge to validate or plan. Fragments are measured once and multiplied,
 * so that a bomb of nested spreads costs no more than its text. Meant to run before validation, whose own rules take
 * quadratic time.
 *
 * @throws {GraphQLError} `GRAPHQL_VALIDATION_FAILED` (400), with the limit's name and value
 */
export function requireSmallDocument(document: DocumentNode): void {
  const { definitions } = document;
  within('fragments', definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION).length);
  const measure = createMeasure(document);
  for (const definition of definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const size = measure.selectionSet(definition.selectionSet);
    within('depth', size.depth);
    within('selections', size.selections);
    within('aliases', size.aliases);
    within('directives', size.directives + (definition.directives?.length ?? 0));
    within('rootFields', measure.rootFields(definition.selectionSet));
  }
  within('literalDepth', literalDepthOf(document));
}

function literalDepthOf(document: DocumentNode): number {
  let depth = 0;
  let deepest = 0;
  const enter = () => {
    depth += 1;
    deepest = Math.max(deepest, depth);
  };
  const leave = () => {
    depth -= 1;
  };
  visit(document, { ListValue: { enter, leave }, ObjectValue: { enter, leave } });
  return deepest;
}

function within(limit: Limit, value: number): void {
  if (value > DOCUMENT_LIMITS[limit]) throw documentTooLarge(limit);
}

/** The refusal of a document that passes a limit. */
export function documentTooLarge(limit: Limit): GraphQLError {
  const maximum = DOCUMENT_LIMITS[limit];
  return refusal(
    'GRAPHQL_VALIDATION_FAILED',
    `The operation asks for too much: ${limit} is at most ${maximum}.`,
    { limit, maximum, http: { status: 400 } },
  );
}

function createMeasure(document: DocumentNode) {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  const measured = new Map<string, Measure>();
  const counted = new Map<string, number>();

  const selection = (node: SelectionNode): Measure => {
    const directives = node.directives?.length ?? 0;
    if (node.kind === Kind.FRAGMENT_SPREAD) return plus(fragment(node.name.value), { directives });
    const inner = selectionSet(node.selectionSet);
    if (node.kind === Kind.INLINE_FRAGMENT) return plus(inner, { directives });
    return plus(inner, { depth: 1, selections: 1, aliases: node.alias ? 1 : 0, directives });
  };
  const selectionSet = (node: SelectionSetNode | undefined): Measure => {
    const total = { ...NOTHING };
    for (const one of node?.selections ?? []) {
      const size = selection(one);
      total.depth = Math.max(total.depth, size.depth);
      total.selections += size.selections;
      total.aliases += size.aliases;
      total.directives += size.directives;
    }
    return total;
  };
  /** A fragment that spreads itself counts nothing inside itself: validation refuses it. */
  const fragment = (name: string): Measure => {
    const known = measured.get(name);
    if (known) return known;
    measured.set(name, NOTHING);
    const size = plus(selectionSet(fragments.get(name)?.selectionSet), { selections: 1 });
    measured.set(name, size);
    return size;
  };
  const rootFields = (node: SelectionSetNode | undefined): number =>
    (node?.selections ?? []).reduce((sum, one) => {
      if (one.kind === Kind.FIELD) return sum + 1;
      return (
        sum + (one.kind === Kind.INLINE_FRAGMENT ? rootFields(one.selectionSet) : rootsOf(one.name.value))
      );
    }, 0);
  const rootsOf = (name: string): number => {
    const known = counted.get(name);
    if (known !== undefined) return known;
    counted.set(name, 0);
    const count = rootFields(fragments.get(name)?.selectionSet);
    counted.set(name, count);
    return count;
  };
  return { selectionSet, rootFields };
}

function plus(size: Measure, more: Partial<Measure>): Measure {
  return {
    depth: size.depth + (more.depth ?? 0),
    selections: size.selections + (more.selections ?? 0),
    aliases: size.aliases + (more.aliases ?? 0),
    directives: size.directives + (more.directives ?? 0),
  };
}
