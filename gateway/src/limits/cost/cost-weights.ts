import {
  Kind,
  valueFromASTUntyped,
  type ConstDirectiveNode,
  type DirectiveDefinitionNode,
  type DocumentNode,
} from 'graphql';

/** How many items a list field answers (`@listSize`, GraphQL Cost Directives specification §3.2). */
export type ListSize = {
  /** When no slicing argument says it. */
  readonly assumedSize: number | null;
  /** Arguments that say it; of several, the largest counts. */
  readonly slicingArguments: readonly string[];
  /** The lists this size is meant for, one level down. Empty: the field's own. */
  readonly sizedFields: readonly string[];
  readonly requireOneSlicingArgument: boolean;
};

/** What a supergraph says of cost. Coordinates are `Type`, `Type.field` and `Type.field(argument:)`. */
export type CostWeights = {
  /** `@cost(weight:)` at a coordinate. */
  weightOf(coordinate: string): number | undefined;
  listSizeOf(coordinate: string): ListSize | undefined;
};

const SPECIFICATION = /^https:\/\/specs\.apollo\.dev\/cost\/v\d/;

type Names = { readonly cost: string; readonly listSize: string };
type Described = { readonly directives?: readonly ConstDirectiveNode[] };

/** Reads `@cost` and `@listSize`; `null` for a supergraph that does not link them and so cannot be priced. */
export function readCostWeights(supergraph: DocumentNode): CostWeights | null {
  const names = linkedNames(supergraph);
  if (!names) return null;
  const weights = new Map<string, number>();
  const sizes = new Map<string, ListSize>();

  const read = (coordinate: string, { directives = [] }: Described): void => {
    for (const directive of directives) {
      const given = argumentsOf(directive);
      if (directive.name.value === names.cost) weights.set(coordinate, Number(given['weight']));
      if (directive.name.value === names.listSize) sizes.set(coordinate, listSizeFrom(given));
    }
  };
  for (const definition of supergraph.definitions) {
    if (!('name' in definition) || !definition.name || isDirective(definition)) continue;
    const type = definition.name.value;
    read(type, definition as Described);
    for (const field of 'fields' in definition ? (definition.fields ?? []) : []) {
      const coordinate = `${type}.${field.name.value}`;
      read(coordinate, field);
      for (const argument of 'arguments' in field ? (field.arguments ?? []) : [])
        read(`${coordinate}(${argument.name.value}:)`, argument);
    }
  }
  return {
    weightOf: (coordinate) => weights.get(coordinate),
    listSizeOf: (coordinate) => sizes.get(coordinate),
  };
}

/** What the directives are called here: `@link` may rename them (link specification §4). */
function linkedNames(supergraph: DocumentNode): Names | null {
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION) continue;
    for (const directive of definition.directives ?? []) {
      if (directive.name.value !== 'link') continue;
      const { url, as, import: imported } = argumentsOf(directive);
      if (!SPECIFICATION.test(String(url))) continue;
      const namespace = typeof as === 'string' ? as : 'cost';
      return {
        cost: importedName('@cost', imported) ?? namespace,
        listSize: importedName('@listSize', imported) ?? `${namespace}__listSize`,
      };
    }
  }
  return null;
}

function importedName(name: string, imported: unknown): string | undefined {
  for (const one of Array.isArray(imported) ? (imported as unknown[]) : []) {
    if (one === name) return name.slice(1);
    const { name: original, as } = Object(one) as { name?: string; as?: string };
    if (original === name) return (as ?? name).slice(1);
  }
  return undefined;
}

function listSizeFrom(given: Record<string, unknown>): ListSize {
  return {
    assumedSize: typeof given['assumedSize'] === 'number' ? given['assumedSize'] : null,
    slicingArguments: namesIn(given['slicingArguments']),
    sizedFields: namesIn(given['sizedFields']),
    requireOneSlicingArgument: given['requireOneSlicingArgument'] !== false,
  };
}

function namesIn(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function argumentsOf(directive: ConstDirectiveNode): Record<string, unknown> {
  return Object.fromEntries(
    (directive.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value)]),
  );
}

function isDirective(definition: { kind: string }): definition is DirectiveDefinitionNode {
  return definition.kind === Kind.DIRECTIVE_DEFINITION;
}
