import type { Entity } from './plan-run.js';

/**
 * Joins what another fetch said of an object into it: objects field by field, lists of equal length item by item,
 * anything else anew.
 */
export function join(target: Entity, source: Entity): void {
  for (const key of Object.keys(source)) {
    const theirs = source[key];
    if (theirs === undefined) continue;
    const ours = key === '__proto__' && !Object.hasOwn(target, key) ? undefined : target[key];
    if (ours === theirs) continue;
    if (isObject(ours) && isObject(theirs)) join(ours, theirs);
    else if (Array.isArray(ours) && Array.isArray(theirs) && ours.length === theirs.length)
      joinItems(ours, theirs);
    else put(target, key, theirs);
  }
}

function joinItems(ours: unknown[], theirs: readonly unknown[]): void {
  theirs.forEach((item, index) => {
    const known = ours[index];
    if (isObject(known) && isObject(item)) join(known, item);
    else if (Array.isArray(known) && Array.isArray(item) && known.length === item.length)
      joinItems(known, item);
    else ours[index] = item;
  });
}

/** A copy that shares nothing with the original. */
export function copyOf<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(copyOf) as Value;
  if (!isObject(value)) return value;
  const copy: Entity = {};
  for (const key of Object.keys(value)) put(copy, key, copyOf((value as Entity)[key]));
  return copy as Value;
}

/** Assignment that does not set a prototype. */
export function put(target: Entity, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
  else target[key] = value;
}

export function isObject(value: unknown): value is Entity {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
