import type { InProcessAnswerCache, Moment } from '@storegraph/events';
import type { GatewayContext } from '../context.js';
import type { EntityLookUp, EntityReader, EntityRecipe, KeptEntities } from '../execution/kept-entities.js';
import type { LoadedSupergraph } from '../supergraph/load-supergraph.js';
import { countedEntities } from './cache-metrics.js';
import type { EntityReadings, Reserved } from './entity-readings.js';
import { entityRecipesFor } from './entity-recipes.js';
import { variablesKey } from './variables-key.js';
import { SHOPPERS, viewerClassOf } from './viewer-class.js';

export type EntityKeeping = {
  /** This process's own: docs/decisions/0008-entities-are-kept-in-process.md. */
  readonly cache: InProcessAnswerCache;
  readonly readings: EntityReadings;
  /** Whether the viewer may be shown what is kept. */
  readonly mayShow: (context: GatewayContext) => boolean;
};

/**
 * Keeps what subgraphs say of entities, one by one, as their hints allow: for all who shop, or for the viewer who asked.
 * What is gone, and what something was wrong with, is not kept.
 */
export function keepEntities(supergraph: LoadedSupergraph, keeping: EntityKeeping): KeptEntities {
  return {
    recipeFor: entityRecipesFor(supergraph),
    readerFor: (context) => (keeping.mayShow(context) ? readerFor(context, keeping) : null),
  };
}

function readerFor(context: GatewayContext, keeping: EntityKeeping): EntityReader {
  const { viewer } = context;
  const isKnown = viewer.kind !== 'anonymous';
  return {
    isShopper: viewerClassOf(viewer, 'PUBLIC') === SHOPPERS,
    isKnown,
    lookUp(recipe, { texts, values, variables }) {
      // What belongs to one viewer belongs to no guest.
      if (recipe.scope === 'PRIVATE' && !isKnown) return null;
      const group = viewerClassOf(viewer, recipe.scope);
      const prefix = `${recipe.key} ${group} ${variablesKey(recipe.variables, variables)} `;
      const keys = texts.map((text) => prefix + text);
      const { lookUp, oldest } = lookUpAll({ keys, values, recipe }, keeping);
      if (oldest < Infinity) context.entitiesSince = Math.min(oldest, context.entitiesSince ?? Infinity);
      return lookUp;
    },
  };
}

type Fields = Readonly<Record<string, unknown>>;
type Wanted = {
  readonly keys: readonly string[];
  readonly values: readonly Fields[];
  readonly recipe: EntityRecipe;
};
type Missing = { readonly index: number; readonly key: string; readonly representation: Fields };

/** Finds what is kept and what is being read, and reserves the rest. All of it happens at once. */
function lookUpAll(
  { keys, values, recipe }: Wanted,
  { cache, readings }: EntityKeeping,
): { lookUp: EntityLookUp; oldest: number } {
  let oldest = Infinity;
  let since: Moment = [];
  const others = new Map<number, Reserved>();
  const missing: Missing[] = [];
  const texts = keys.map((key, index) => {
    const found = cache.find(key);
    since = found.since;
    const reserved = found.kept ? undefined : readings.find(key);
    oldest = Math.min(oldest, found.kept?.storedAt ?? reserved?.reading.startedAt ?? Infinity);
    if (reserved) others.set(index, reserved);
    else if (!found.kept) missing.push({ index, key, representation: values[index] ?? {} });
    return found.kept?.text;
  });
  countedEntities.hit.inc(keys.length - missing.length - others.size);
  countedEntities.shared.inc(others.size);
  countedEntities.miss.inc(missing.length);

  const storedAt = Date.now();
  const keep = (entity: Fields, { key, representation }: Missing): string => {
    const text = JSON.stringify(entity);
    const tags = recipe.tagsOf(representation, entity);
    cache.keep(key, { text, tags, storedAt, maxAgeSeconds: recipe.maxAgeSeconds }, since);
    return text;
  };
  const wanted = missing.map(({ key }) => key);
  const own = wanted.length > 0 ? readings.start(wanted, recipe.types) : null;
  const lookUp: EntityLookUp = {
    texts,
    missing: missing.map(({ index }) => index),
    underWay: [...others.keys()],
    async wait() {
      await Promise.all(new Set([...others.values()].map(({ reading }) => reading.ended)));
      for (const [index, { reading, place }] of others) texts[index] = reading.texts[place];
    },
    tell(entities) {
      if (!own) return;
      try {
        missing.forEach((one, place) => {
          const entity = entities[place];
          if (entity) own.texts[place] = keep(entity, one);
        });
      } finally {
        own.end();
      }
    },
  };
  return { lookUp, oldest };
}
