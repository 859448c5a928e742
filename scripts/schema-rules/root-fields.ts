import { Kind, type FieldDefinitionNode } from 'graphql';
import type { Finding } from './finding.js';
import { hasDirective, namedTypeOf, ROOT_TYPES, type SubgraphView } from './subgraph-view.js';

/** Every root field says who may ask: a session, a scope, a policy, or expressly everyone. */
export function rootFieldsSayWhoMayAsk(subgraphs: SubgraphView[]): Finding[] {
  return rootFields(subgraphs).flatMap(({ at, field }) =>
    hasDirective(field, 'authenticated', 'requiresScopes', 'policy') || isPublic(field)
      ? []
      : [
          {
            rule: 'root-fields-say-who-may-ask',
            at,
            message: 'needs @authenticated, @requiresScopes, @policy or @tag(name: "public")',
          },
        ],
  );
}

/** A mutation takes one `input` of its own and answers with a union: its success first, then errors. */
export function mutationsHaveOneShape(subgraphs: SubgraphView[]): Finding[] {
  return rootFields(subgraphs, ['Mutation']).flatMap(({ subgraph, at, field }) => {
    const mutation = capitalised(field.name.value);
    const complain = (message: string): Finding => ({ rule: 'mutations-have-one-shape', at, message });
    const findings: Finding[] = [];
    const [input, ...others] = field.arguments ?? [];
    const isOneInput = input?.name.value === 'input' && namedTypeOf(input.type) === `${mutation}Input`;
    if (input && (!isOneInput || input.type.kind !== Kind.NON_NULL_TYPE || others.length > 0)) {
      findings.push(complain(`takes one argument, \`input: ${mutation}Input!\``));
    }
    const result = namedTypeOf(field.type);
    const [success, ...errors] = subgraph.unions.get(result) ?? [];
    if (result !== `${mutation}Result` || field.type.kind !== Kind.NON_NULL_TYPE) {
      findings.push(complain(`answers \`${mutation}Result!\``));
    } else if (success !== `${mutation}Success`) {
      findings.push(complain(`${result} starts with ${mutation}Success`));
    }
    for (const error of errors) {
      if (subgraph.types.get(error)?.interfaces.includes('UserError')) continue;
      findings.push(complain(`${error} in ${result} must implement UserError`));
    }
    return findings;
  });
}

function rootFields(subgraphs: SubgraphView[], roots: readonly string[] = ROOT_TYPES) {
  return subgraphs.flatMap((subgraph) =>
    roots.flatMap((root) =>
      (subgraph.types.get(root)?.fields ?? [])
        .filter((field) => !field.name.value.startsWith('_'))
        .map((field) => ({ subgraph, field, at: `${subgraph.name} ${root}.${field.name.value}` })),
    ),
  );
}

function isPublic(field: FieldDefinitionNode): boolean {
  return (field.directives ?? []).some(
    (directive) =>
      directive.name.value === 'tag' &&
      directive.arguments?.some(
        ({ name, value }) => name.value === 'name' && value.kind === Kind.STRING && value.value === 'public',
      ),
  );
}

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
