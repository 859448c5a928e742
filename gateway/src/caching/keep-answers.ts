import { print, type ExecutionResult } from 'graphql';
import type { AnswerCache, InProcessAnswerCache, KeptAnswer, LookUp } from '@storegraph/events';
import { unshared, type GatewayContext } from '../context.js';
import type { Engine, ReadyOperation } from '../execution/engine.js';
import { WrittenData } from '../execution/writing/written-data.js';
import type { PreparedOperation } from '../planning/prepare-operation.js';
import type { LoadedSupergraph } from '../supergraph/load-supergraph.js';
import { counted } from './cache-metrics.js';
import { cachePolicyOf, type CachePolicy } from './cache-policy.js';
import { digestOf } from './digest.js';
import { entityTagsOf, type EntityTags } from './entity-tags.js';
import type { Flights } from './flights.js';
import { variablesKey } from './variables-key.js';
import { SHOPPERS, viewerClassOf } from './viewer-class.js';
import type { Writers } from './writers.js';

/** Larger answers are read anew each time. */
const LARGEST_ANSWER_CHARACTERS = 512 * 1_024;

/** How the answers of one operation are kept. */
type Recipe = {
  /** The operation and the supergraph it was planned for. */
  readonly key: string;
  readonly policy: CachePolicy;
  readonly tags: EntityTags;
};

export type Keeping = {
  readonly cache: AnswerCache;
  /** This process's part of it. */
  readonly near: InProcessAnswerCache;
  readonly flights: Flights;
  readonly writers: Writers;
  /** Whether the viewer may be shown what is kept. */
  readonly mayShow: (context: GatewayContext) => boolean;
};

/**
 * An engine that answers from what it kept where `@cacheControl` allows it. What many share is read on nobody's behalf,
 * so that nothing of whoever came first can be in it; the first to miss an answer reads it for all who wait. Answers with
 * errors are not kept, and events of subscriptions are always complete and new.
 */
export function keepAnswers(engine: Engine, supergraph: LoadedSupergraph, keeping: Keeping): Engine {
  const { cache, near, flights, writers, mayShow } = keeping;
  const recipeOf = recipesFor(supergraph);

  const run: Engine['run'] = (ready, context, event) => {
    if (event) return engine.run(ready, context, event);
    if (ready.prepared.kind === 'mutation') return write(ready, context);
    const recipe = recipeOf(ready.prepared);
    if (!recipe) return engine.run(ready, context);
    if (!mayShow(context)) {
      counted.bypass.inc();
      return engine.run(ready, unshared(context));
    }
    const group = viewerClassOf(context.viewer, recipe.policy.scope);
    const key = `${recipe.key} ${group} ${keyOfVariables(ready)}`;
    const lookUp = cache.find(key);
    if (lookUp instanceof Promise)
      return lookUp.then((late) => answer(late, { key, group, recipe, ready, context }));
    return answer(lookUp, { key, group, recipe, ready, context });
  };

  const answer = (lookUp: LookUp, asked: Asked): Promise<ExecutionResult> => {
    const { kept } = lookUp;
    if (kept) {
      counted.hit.inc();
      asked.context.ageSeconds = Math.max(0, Math.floor((Date.now() - kept.storedAt) / 1_000));
      return Promise.resolve({ data: new WrittenData(kept.text) } as unknown as ExecutionResult);
    }
    const underWay = flights.join(asked.key);
    (underWay ? counted.shared : counted.miss).inc();
    return underWay ?? flights.start(asked.key, asked.recipe.tags.types, () => read(lookUp, asked));
  };

  const read = async ({ since }: LookUp, asked: Asked): Promise<ExecutionResult> => {
    const { key, group, recipe, ready, context } = asked;
    const startedAt = Date.now();
    const reading = unshared(group === SHOPPERS ? context.asNobody() : context);
    const result = await engine.run(ready, reading);
    if (result.errors?.length || !result.data) return result;
    const data = written(result.data);
    if (data.json.length > LARGEST_ANSWER_CHARACTERS) return result;
    const tags = recipe.tags.tagsOf(data.toJSON());
    if (group !== SHOPPERS) tags.push(group);
    const { entitiesSince } = reading;
    const storedAt = Math.min(startedAt, entitiesSince ?? Infinity);
    const kept: KeptAnswer = { text: data.json, tags, storedAt, maxAgeSeconds: recipe.policy.maxAgeSeconds };
    // Other processes may have heard of changes this one will hear of: what it had kept is not for them.
    await (entitiesSince === undefined ? cache : near).keep(key, kept, since);
    return { ...result, data } as unknown as ExecutionResult;
  };

  const write = async (ready: ReadyOperation, context: GatewayContext): Promise<ExecutionResult> => {
    writers.add(context.viewer);
    try {
      return await engine.run(ready, context);
    } finally {
      writers.add(context.viewer);
    }
  };

  return { ...engine, run };
}

type Asked = {
  readonly key: string;
  readonly group: string;
  readonly recipe: Recipe;
  readonly ready: ReadyOperation;
  readonly context: GatewayContext;
};

/** Works out an operation's recipe once; `null` for what is not kept. */
function recipesFor({ sdl, schema, access, hints }: LoadedSupergraph) {
  const version = digestOf(sdl);
  const known = new WeakMap<PreparedOperation, { recipe: Recipe | null }>();
  return (prepared: PreparedOperation): Recipe | null => {
    const found = known.get(prepared);
    if (found) return found.recipe;
    const policy = cachePolicyOf(prepared, { schema, access, hints });
    const recipe =
      policy.maxAgeSeconds === 0
        ? null
        : {
            key: digestOf(version + print(prepared.document)),
            policy,
            tags: entityTagsOf(prepared, { schema, hints }),
          };
    known.set(prepared, { recipe });
    return recipe;
  };
}

/** Variables the operation knows. */
function keyOfVariables({ prepared, variables }: ReadyOperation): string {
  const definitions = prepared.operation.variableDefinitions ?? [];
  return variablesKey(
    definitions.map(({ variable }) => variable.name.value),
    variables,
  );
}

function written(data: unknown): WrittenData {
  return data instanceof WrittenData ? data : new WrittenData(JSON.stringify(data));
}
