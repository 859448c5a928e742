import { Kind, valueFromASTUntyped, type ConstDirectiveNode, type DocumentNode } from 'graphql';
import { POLICIES } from '@storegraph/identity';
import { SupergraphRefused } from './supergraph-refused.js';

/** What `@authenticated`, `@requiresScopes` and `@policy` on one field or type demand; all of them must hold. */
export type AccessRule = {
  readonly authenticated: boolean;
  /** An outer "or" of inner "and"s. */
  readonly scopes: readonly (readonly string[])[] | null;
  readonly policies: readonly (readonly string[])[] | null;
};

export type AccessRules = {
  ofType(typeName: string): AccessRule | undefined;
  ofField(typeName: string, fieldName: string): AccessRule | undefined;
  /** How many types and fields carry a rule. */
  readonly size: number;
};

type Demand = 'authenticated' | 'requiresScopes' | 'policy';
type DirectiveNames = ReadonlyMap<string, Demand>;

const SPECIFICATION = /^https:\/\/specs\.apollo\.dev\/(authenticated|requiresScopes|policy)\/v\d/;

/**
 * Reads who may see what from the standard supergraph. Apollo's planner ignores these directives, so this map is
 * all that enforces them at the door.
 *
 * @throws {SupergraphRefused} when there is nothing to enforce, or a policy nobody can decide
 */
export function readAccessRules(supergraph: DocumentNode): AccessRules {
  const names = linkedNames(supergraph);
  const types = new Map<string, AccessRule>();
  const fields = new Map<string, AccessRule>();
  for (const definition of supergraph.definitions) {
    if (!('directives' in definition) || !('name' in definition) || !definition.name) continue;
    const typeName = definition.name.value;
    record(types, typeName, readRule(definition.directives as readonly ConstDirectiveNode[], names));
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION)
      continue;
    for (const field of definition.fields ?? [])
      record(fields, `${typeName}.${field.name.value}`, readRule(field.directives ?? [], names));
  }
  if (types.size + fields.size === 0)
    throw new SupergraphRefused(
      'no-enforcement',
      'the supergraph protects nothing: it is not the standard one',
    );
  return {
    ofType: (typeName) => types.get(typeName),
    ofField: (typeName, fieldName) => fields.get(`${typeName}.${fieldName}`),
    size: types.size + fields.size,
  };
}

/** The directives' names in this document: `@link(as:)` may have renamed them. */
function linkedNames(supergraph: DocumentNode): DirectiveNames {
  const names = new Map<string, Demand>();
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION) continue;
    for (const directive of definition.directives ?? []) {
      if (directive.name.value !== 'link') continue;
      const { url, as } = argumentsOf(directive) as { url?: string; as?: string };
      const demand = SPECIFICATION.exec(url ?? '')?.[1] as Demand | undefined;
      if (demand) names.set(as ?? demand, demand);
    }
  }
  return names;
}

function readRule(directives: readonly ConstDirectiveNode[], names: DirectiveNames): AccessRule | null {
  let rule: AccessRule | null = null;
  for (const directive of directives) {
    const demand = names.get(directive.name.value);
    if (!demand) continue;
    rule ??= { authenticated: false, scopes: null, policies: null };
    const given = argumentsOf(directive) as { scopes?: string[][]; policies?: string[][] };
    if (demand === 'authenticated') rule = { ...rule, authenticated: true };
    else if (demand === 'requiresScopes') rule = { ...rule, scopes: given.scopes ?? [] };
    else rule = { ...rule, policies: known(given.policies ?? []) };
  }
  return rule;
}

function known(policies: string[][]): string[][] {
  for (const name of policies.flat()) {
    if (!Object.hasOwn(POLICIES, name))
      throw new SupergraphRefused('unknown-rule', `the supergraph names the unknown policy "${name}"`);
  }
  return policies;
}

function argumentsOf(directive: ConstDirectiveNode): Record<string, unknown> {
  return Object.fromEntries(
    (directive.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value)]),
  );
}

function record(map: Map<string, AccessRule>, key: string, rule: AccessRule | null): void {
  if (rule) map.set(key, rule);
}
