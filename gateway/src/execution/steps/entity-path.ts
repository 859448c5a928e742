import type { Entity } from '../plan-run.js';

/** Where a fetch puts its entities: response keys, and `@` for each element of a list. */
export type EntityPath = readonly string[];
export type AnswerPath = readonly (string | number)[];

const EACH = '@';

/** The objects at a path that are there. A list reached twice, which equal entities share, is gathered once. */
export function gather(data: Entity, path: EntityPath): Entity[] {
  const found: Entity[] = [];
  const lists = path.includes(EACH) ? new Set<unknown>() : null;
  const visit = (value: unknown, depth: number): void => {
    if (value === null || value === undefined) return;
    if (Array.isArray(value)) {
      if (lists?.has(value)) return;
      lists?.add(value);
      const next = path[depth] === EACH ? depth + 1 : depth;
      for (const item of value) visit(item, next);
    } else if (depth === path.length) found.push(value as Entity);
    else visit(own(value as Entity, path[depth] as string), depth + 1);
  };
  visit(data, 0);
  return found;
}

/** Every place of each object at a path, for errors: the same object may be in several. */
export function placesOf(data: Entity, path: EntityPath): Map<Entity, AnswerPath[]> {
  const places = new Map<Entity, AnswerPath[]>();
  const visit = (value: unknown, depth: number, place: AnswerPath): void => {
    if (value === null || value === undefined) return;
    if (Array.isArray(value)) {
      const next = path[depth] === EACH ? depth + 1 : depth;
      value.forEach((item, index) => visit(item, next, [...place, index]));
    } else if (depth === path.length)
      places.set(value as Entity, [...(places.get(value as Entity) ?? []), place]);
    else {
      const key = path[depth] as string;
      visit(own(value as Entity, key), depth + 1, [...place, key]);
    }
  };
  visit(data, 0, []);
  return places;
}

/** A value under a key of the client's choosing: `constructor` of an object that has none is nothing. */
export function own(object: Entity, key: string): unknown {
  const value = object[key];
  return value !== undefined && key in Object.prototype && !Object.hasOwn(object, key) ? undefined : value;
}
