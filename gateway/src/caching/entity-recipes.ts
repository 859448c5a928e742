import type { FetchNode } from '@apollo/query-planner';
import { Kind, parse, print, visit, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql';
import type { EntityRecipe } from '../execution/kept-entities.js';
import type { LoadedSupergraph } from '../supergraph/load-supergraph.js';
import { entityPolicyOf } from './cache-policy.js';
import { digestOf } from './digest.js';
import { selectionOf } from './entity-selection.js';
import { representationTagsOf } from './entity-tags.js';

/** Works out how the entities of fetches are kept. @returns null for a fetch whose entities are not */
export function entityRecipesFor(supergraph: LoadedSupergraph): (fetch: FetchNode) => EntityRecipe | null {
  const version = digestOf(supergraph.sdl);
  const { supergraphSchema: schema, access, hints } = supergraph;
  return ({ serviceName, operation }) => {
    const selection = selectionOf(parse(operation, { noLocation: true }));
    const policy = entityPolicyOf(selection, { schema, access, hints });
    if (policy.maxAgeSeconds === 0) return null;
    const tags = representationTagsOf(selection, { schema, hints });
    const { text, variables } = canonical([selection.selectionSet, ...selection.fragments.values()]);
    return { ...policy, ...tags, variables, key: digestOf(`${version} ${serviceName} ${text}`) };
  };
}

/** The selection as every operation would ask it: names of variables are the operation's own affair. */
function canonical(nodes: readonly (SelectionSetNode | FragmentDefinitionNode)[]) {
  const variables: string[] = [];
  const renamed = nodes.map((node) =>
    visit<SelectionSetNode | FragmentDefinitionNode>(node, {
      Variable({ name }) {
        if (!variables.includes(name.value)) variables.push(name.value);
        const value = `v${variables.indexOf(name.value)}`;
        return { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value } };
      },
    }),
  );
  return { text: renamed.map(print).join('\n'), variables };
}
