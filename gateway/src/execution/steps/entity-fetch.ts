import { compileEntityRequest, type PlacedFetch } from './entity-request.js';
import type { KeptEntities } from '../kept-entities.js';
import type { Step } from '../plan-run.js';
import type { TypeNames } from './type-names.js';

/** What compiling takes besides the plan. */
export type Compiling = { readonly types: TypeNames; readonly kept?: KeptEntities | undefined };

/**
 * Compiles fetches of entities from one subgraph. They travel as one request, but for somebody who only shops: what all
 * who shop may be shown is read on nobody's behalf, and the rest on theirs.
 */
export function compileEntityFetch(fetches: readonly PlacedFetch[], { types, kept }: Compiling): Step {
  const placed = fetches.map((one) => ({ ...one, recipe: kept?.recipeFor(one.fetch) ?? null }));
  const together = compileEntityRequest(placed, types);
  const [forAll, others] = [true, false].map((isForAll) =>
    placed.filter(({ recipe }) => (recipe?.scope === 'PUBLIC') === isForAll),
  );
  if (!forAll?.length || !others?.length) return together;
  const apart = [forAll, others].map((some) => compileEntityRequest(some, types));
  return async (state) => {
    if (!state.entities?.isShopper) return together(state);
    await Promise.all(apart.map((step) => step(state)));
  };
}
