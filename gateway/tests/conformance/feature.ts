import type { TinySubgraph } from './subgraph.js';

/** An error as the specification describes it, without its words: where, and what kind. */
export type ExpectedError = { readonly path: readonly (string | number)[]; readonly code: string };

/** A question and the only right answer, reasoned from the GraphQL and federation specifications. */
export type Pair = {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Compared with the order of keys, which is the order of the query. */
  readonly data: unknown;
  /** All errors, in any order; none when left out. */
  readonly errors?: readonly ExpectedError[];
  /** Subgraphs that must not be asked, where that is what the feature is for. */
  readonly unasked?: readonly string[];
};

/** One ability of federation: tiny subgraphs that need it, and pairs keyed by what they show. */
export type Feature = {
  readonly subgraphs: readonly TinySubgraph[];
  readonly pairs: Readonly<Record<string, Pair>>;
};
