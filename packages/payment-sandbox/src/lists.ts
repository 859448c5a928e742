import { allowOnly, readInteger, readText } from './params.js';
import { invalidParam, noSuch } from './wire.js';
import type { Params } from './wire.js';

interface Listed {
  id: string;
  object: string;
  created: number;
}

/** What the endpoint lists, and which of its fields may be asked for by equality. */
interface Listing {
  url: string;
  filters: readonly string[];
}

/** One page, newest first, as Stripe pages: `limit`, `starting_after`, `ending_before`, `created`. */
export function listRows<T extends Listed>(
  rows: readonly T[],
  params: Params,
  { url, filters }: Listing,
): object {
  allowOnly(params, ['created', 'ending_before', 'expand', 'limit', 'starting_after', ...filters]);
  const limit = readInteger(params, 'limit') ?? 10;
  if (limit < 1 || limit > 100) {
    throw invalidParam('This value must be between 1 and 100.', {
      code: 'parameter_invalid_integer',
      param: 'limit',
    });
  }
  const wanted = rows
    .toReversed()
    .filter((row) => isCreatedWithin(row, params) && hasValues(row, params, filters));
  const after = readText(params, 'starting_after');
  const before = readText(params, 'ending_before');
  const from = after ? position(wanted, after, 'starting_after') + 1 : 0;
  const to = before ? position(wanted, before, 'ending_before') : wanted.length;
  const rest = wanted.slice(from, to);
  const data = before ? rest.slice(-limit) : rest.slice(0, limit);
  return { object: 'list', data, has_more: rest.length > data.length, url };
}

function position(rows: readonly Listed[], id: string, param: string): number {
  const index = rows.findIndex((row) => row.id === id);
  if (index === -1) throw noSuch('object', id, { param, status: 400 });
  return index;
}

function hasValues(row: Listed, params: Params, filters: readonly string[]): boolean {
  const fields = new Map<string, unknown>(Object.entries(row));
  return filters.every((name) => params[name] === undefined || fields.get(name) === params[name]);
}

function isCreatedWithin(row: Listed, params: Params): boolean {
  const { created } = params;
  if (created === undefined) return true;
  if (typeof created === 'string') return row.created === readInteger(params, 'created');
  allowOnly(created, ['gt', 'gte', 'lt', 'lte']);
  const bound = (name: string, otherwise: number): number => readInteger(created, name) ?? otherwise;
  return (
    row.created > bound('gt', -1) &&
    row.created >= bound('gte', 0) &&
    row.created < bound('lt', Infinity) &&
    row.created <= bound('lte', Infinity)
  );
}
