import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import type { SubgraphSource } from './subgraph-sources.js';

export type Composition =
  { kind: 'composed'; supergraphSdl: string; hints: Hint[] } | { kind: 'refused'; problems: string[] };

/** Something composition allows and yet wants a person to look at. */
export interface Hint {
  code: string;
  message: string;
}

export function composeSubgraphs(sources: SubgraphSource[]): Composition {
  const result = composeServices(sources.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) })));
  if (result.errors) {
    return { kind: 'refused', problems: result.errors.map((error) => error.message) };
  }
  return {
    kind: 'composed',
    supergraphSdl: `${result.supergraphSdl.trim()}\n`,
    hints: result.hints.map((hint) => ({ code: hint.definition.code, message: hint.message })),
  };
}
