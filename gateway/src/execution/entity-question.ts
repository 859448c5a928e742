import type { EntityPart } from './entity-document.js';
import type { EntityPath } from './entity-path.js';
import type { Entity } from './plan-run.js';

/** The objects that wait for one entity. Those of the first member may share what is fetched, those of others not. */
export type Target = { readonly object: Entity; readonly path: EntityPath; readonly shares: boolean };

/** What one part asks in this run: each different representation once. */
export type Question = {
  readonly part: EntityPart;
  readonly texts: string[];
  readonly values: Entity[];
  /** By index of the representation. */
  readonly targets: Target[][];
};
