import type { EntityPart } from './entity-document.js';
import { gather, type EntityPath } from './entity-path.js';
import { copyOf, isObject, join } from '../join.js';
import type { EntityRecipe } from '../kept-entities.js';
import type { Entity, RunState } from '../plan-run.js';
import type { Represent } from './representation.js';
import type { Rewrite } from './rewrites.js';

type Member = { readonly path: EntityPath; readonly represent: Represent };

/** A compiled part of a request: where its entities are, how they are asked for, and what is done with them. */
export type Part = EntityPart & {
  readonly members: readonly Member[];
  readonly rewrite: Rewrite | null;
  readonly recipe: EntityRecipe | null;
};

/** The objects that wait for one entity. Those of the first member may share what is fetched, those of others not. */
export type Target = { readonly object: Entity; readonly path: EntityPath; readonly shares: boolean };

/** What one part asks in this run: each different representation once. */
export type Question = {
  readonly part: Part;
  readonly texts: string[];
  readonly values: Entity[];
  /** By index of the representation. */
  readonly targets: Target[][];
};

/** Puts the question to all objects that are there. */
export function ask(part: Part, state: RunState): Question {
  const question: Question = { part, texts: [], values: [], targets: [] };
  const known = new Map<string, number>();
  part.members.forEach(({ path, represent }, member) => {
    for (const object of gather(state.data, path)) {
      const representation = represent(object);
      if (!representation) continue;
      let index = known.get(representation.text);
      if (index === undefined) {
        index = question.texts.length;
        known.set(representation.text, index);
        question.texts.push(representation.text);
        question.values.push(representation.value);
        question.targets.push([]);
      }
      question.targets[index]?.push({ object, path, shares: member === 0 });
    }
  });
  return question;
}

/** The same question about some of the entities only. */
export function about({ part, texts, values, targets }: Question, indexes: readonly number[]): Question {
  const of = <Item>(items: readonly Item[]) => indexes.map((index) => items[index] as Item);
  return { part, texts: of(texts), values: of(values), targets: of(targets) };
}

/** Joins entities, in the order they were asked for, into the objects that wait for them. */
export function receive({ part, targets }: Question, entities: readonly unknown[]): void {
  targets.forEach((waiting, index) => {
    const entity = entities[index];
    if (!isObject(entity)) return;
    part.rewrite?.(entity);
    // Objects at one path may share lists and objects below the entity: whatever completes those is the same for all.
    for (const { object, shares } of waiting) join(object, shares ? entity : copyOf(entity));
  });
}
