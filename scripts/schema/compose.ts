import { composeServices } from '@apollo/composition';
import { Kind, parse, visit, type DocumentNode } from 'graphql';
import { ownershipOf, type Ownership } from '../schema-rules/ownership.js';
import { keyFieldsOf, viewSubgraph, type SubgraphView } from '../schema-rules/subgraph-view.js';
import type { SubgraphSource } from './subgraph-sources.js';

export type Composition =
  { kind: 'composed'; supergraphSdl: string; hints: Hint[] } | { kind: 'refused'; problems: string[] };

/** Something composition allows and yet wants a person to look at. */
export interface Hint {
  code: string;
  message: string;
}

/** One supergraph of all subgraphs, or the reasons they cannot be one. */
export function composeSubgraphs(sources: SubgraphSource[]): Composition {
  const views = sources.map(viewSubgraph);
  const owners = ownershipOf(views);
  const result = composeServices(
    sources.map(({ name, url, sdl }, index) => {
      const view = views[index];
      return { name, url, typeDefs: view ? inOwnersWords(parse(sdl), view, owners) : parse(sdl) };
    }),
  );
  if (result.errors) {
    return { kind: 'refused', problems: result.errors.map((error) => error.message) };
  }
  return {
    kind: 'composed',
    supergraphSdl: `${result.supergraphSdl.trim()}\n`,
    hints: result.hints.map((hint) => ({ code: hint.definition.code, message: hint.message })),
  };
}

/**
 * A subgraph describes other domains' entities as it knows them. Composition would take the words most
 * subgraphs share, so the composed graph is given the owner's words only.
 */
function inOwnersWords(document: DocumentNode, view: SubgraphView, owners: Ownership): DocumentNode {
  const isForeign = (name: string): boolean => (owners.get(name) ?? view.name) !== view.name;
  return visit(document, {
    ObjectTypeDefinition(node) {
      const type = view.types.get(node.name.value);
      if (!type || !isForeign(type.name)) return undefined;
      const keys = keyFieldsOf(type);
      const fields = node.fields?.map((field) =>
        keys.has(field.name.value) && field.kind === Kind.FIELD_DEFINITION
          ? { ...field, description: undefined }
          : field,
      );
      return { ...node, description: undefined, fields };
    },
  });
}
