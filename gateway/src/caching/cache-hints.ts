import { Kind, valueFromASTUntyped, type ConstDirectiveNode, type DocumentNode } from 'graphql';

/** What `@cacheControl` on a type or field says; nothing said is `undefined`. */
export type CacheHint = {
  readonly maxAgeSeconds?: number | undefined;
  readonly scope?: 'PUBLIC' | 'PRIVATE' | undefined;
  /** As long as the field it belongs to. */
  readonly inherits: boolean;
};

export type CacheHints = {
  ofType(typeName: string): CacheHint | undefined;
  ofField(typeName: string, fieldName: string): CacheHint | undefined;
  /** Whether the type has a key, so that changes are told of its instances. */
  isEntity(typeName: string): boolean;
};

const SPECIFICATION = /\/cacheControl\/v\d/;

/** Reads from the standard supergraph what may be kept, and which types are entities. */
export function readCacheHints(supergraph: DocumentNode): CacheHints {
  const directive = linkedName(supergraph);
  const types = new Map<string, CacheHint>();
  const fields = new Map<string, CacheHint>();
  const entities = new Set<string>();
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION)
      continue;
    const typeName = definition.name.value;
    if (definition.directives?.some(isKeyed)) entities.add(typeName);
    record(types, typeName, hintIn(definition.directives, directive));
    for (const field of definition.fields ?? [])
      record(fields, `${typeName}.${field.name.value}`, hintIn(field.directives, directive));
  }
  return {
    ofType: (typeName) => types.get(typeName),
    ofField: (typeName, fieldName) => fields.get(`${typeName}.${fieldName}`),
    isEntity: (typeName) => entities.has(typeName),
  };
}

/** The directive's name in this document: `@link(as:)` may have renamed it. */
function linkedName(supergraph: DocumentNode): string {
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION) continue;
    for (const directive of definition.directives ?? []) {
      const { url, as } = argumentsOf(directive) as { url?: string; as?: string };
      if (directive.name.value === 'link' && SPECIFICATION.test(url ?? '')) return as ?? 'cacheControl';
    }
  }
  return 'cacheControl';
}

function hintIn(directives: readonly ConstDirectiveNode[] = [], name: string): CacheHint | null {
  const directive = directives.find((one) => one.name.value === name);
  if (!directive) return null;
  const { maxAge, scope, inheritMaxAge } = argumentsOf(directive) as {
    maxAge?: number;
    scope?: 'PUBLIC' | 'PRIVATE';
    inheritMaxAge?: boolean;
  };
  return { maxAgeSeconds: maxAge, scope, inherits: inheritMaxAge === true };
}

/** `@join__type(key:)`: the supergraph's word for an entity. */
function isKeyed(directive: ConstDirectiveNode): boolean {
  return directive.name.value === 'join__type' && 'key' in argumentsOf(directive);
}

function argumentsOf(directive: ConstDirectiveNode): Record<string, unknown> {
  return Object.fromEntries(
    (directive.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value)]),
  );
}

function record(map: Map<string, CacheHint>, key: string, hint: CacheHint | null): void {
  if (hint) map.set(key, hint);
}
