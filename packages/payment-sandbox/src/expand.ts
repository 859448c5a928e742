import type { TableName } from './books.js';
import { readList } from './params.js';
import { invalidParam } from './wire.js';
import type { Params } from './wire.js';
import type { Work } from './work.js';

const TABLE_OF_FIELD: Record<string, TableName> = {
  charge: 'charge',
  latest_charge: 'charge',
  payment_intent: 'payment_intent',
  payment_method: 'payment_method',
};

const MAX_DEPTH = 4; // Stripe: "Expansions have a maximum depth of four levels"

/** Replaces the ids named by `expand[]` with their objects; in lists the path begins with `data`. */
export function expandFields(body: object, params: Params, work: Work): object {
  return (readList(params, 'expand') ?? []).reduce<object>((expanded, path) => {
    const names = path.split('.');
    if (names.length > MAX_DEPTH) throw cannotExpand(path);
    return expandPath(expanded, { names, path }, work);
  }, body);
}

function expandPath(body: object, { names, path }: { names: string[]; path: string }, work: Work): object {
  const [name, ...rest] = names;
  if (name === undefined) return body;
  const fields = new Map<string, unknown>(Object.entries(body));
  const value = fields.get(name);
  if (name === 'data' && Array.isArray(value)) {
    return { ...body, data: value.map((row: object) => expandPath(row, { names: rest, path }, work)) };
  }
  const table = TABLE_OF_FIELD[name];
  if (!table || !fields.has(name)) throw cannotExpand(path);
  const object = typeof value === 'string' ? work.find(table, value) : value;
  if (typeof object !== 'object' || object === null) return body;
  return { ...body, [name]: expandPath(object, { names: rest, path }, work) };
}

function cannotExpand(path: string): Error {
  return invalidParam(`This property cannot be expanded (${path}).`, { param: 'expand' });
}
