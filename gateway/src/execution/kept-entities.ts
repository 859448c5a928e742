import type { FetchNode } from '@apollo/query-planner';
import type { GatewayContext } from '../context.js';

type Fields = Readonly<Record<string, unknown>>;

/** How the entities that fetches of one selection ask for are kept, whichever operations the fetches belong to. */
export type EntityRecipe = {
  /** The subgraph, what it is asked, and the supergraph that was planned for. */
  readonly key: string;
  readonly maxAgeSeconds: number;
  /** `PUBLIC`: the same for all who shop; `PRIVATE`: for the viewer who asked. */
  readonly scope: 'PUBLIC' | 'PRIVATE';
  /** Variables the selection uses. */
  readonly variables: readonly string[];
  /** The entities that can be met. */
  readonly types: readonly string[];
  tagsOf(representation: Fields, entity: Fields): string[];
};

/** What one part of a fetch asks. */
export type AskedEntities = {
  /** The representations as JSON texts, each once. */
  readonly texts: readonly string[];
  readonly values: readonly Fields[];
  /** Those of the operation. */
  readonly variables: Fields;
};

/** What is known of the entities one part asks for. Numbers are indexes of their representations. */
export type EntityLookUp = {
  /** Entities as JSON texts; `undefined` where none is kept. `wait` adds to them. */
  readonly texts: readonly (string | undefined)[];
  /** To be asked for. Others wait for these: `tell` has to follow, whatever comes of it. */
  readonly missing: readonly number[];
  /** Being asked for by others. */
  readonly underWay: readonly number[];
  /** Waits for the others; `texts` has what they were told then, unless they asked in vain. */
  wait(): Promise<void>;
  /** @param entities what the subgraph said of the missing, in their order; `undefined` where something was wrong */
  tell(entities: readonly (Fields | undefined)[]): void;
};

/** What one viewer may be shown. */
export type EntityReader = {
  /** Whether the viewer shares with all who shop. What they share has to be read on nobody's behalf. */
  readonly isShopper: boolean;
  /** Whether the viewer may know of entities that nobody else does. */
  readonly isKnown: boolean;
  /** @returns null for what is not kept for this viewer */
  lookUp(recipe: EntityRecipe, asked: AskedEntities): EntityLookUp | null;
};

/** Where an executor looks for entities before it asks a subgraph. */
export type KeptEntities = {
  /** @returns null for a fetch whose entities are not kept */
  recipeFor(fetch: FetchNode): EntityRecipe | null;
  /** @returns null for an operation that has to be told what is true now */
  readerFor(context: GatewayContext): EntityReader | null;
};
