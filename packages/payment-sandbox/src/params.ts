import { invalidParam } from './wire.js';
import type { Params } from './wire.js';

/** Refuses names the endpoint does not know, so that a misspelt option fails here as it would in production. */
export function allowOnly(params: Params, names: readonly string[]): void {
  const unknown = Object.keys(params).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw invalidParam(`Received unknown parameter: ${unknown}`, {
      code: 'parameter_unknown',
      param: unknown,
    });
  }
}

export function missing(name: string): Error {
  return invalidParam(`Missing required param: ${name}.`, { code: 'parameter_missing', param: name });
}

/** `undefined` when absent, `null` when sent empty, which unsets the field. */
export function readText(params: Params, name: string, maxLength = 5_000): string | null | undefined {
  const value = params[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw invalidParam('Invalid string', { param: name });
  if (value.length > maxLength) {
    throw invalidParam(`Invalid string: must be at most ${maxLength} characters`, { param: name });
  }
  return value === '' ? null : value;
}

/** A value that may be absent but not empty. */
function readSolid(params: Params, name: string): string | undefined {
  const value = readText(params, name);
  if (value === null) {
    const message = `You passed an empty string for '${name}'. We assume empty values are an attempt to unset a parameter; however '${name}' cannot be unset.`;
    throw invalidParam(message, { code: 'parameter_invalid_empty', param: name });
  }
  return value;
}

export function readInteger(params: Params, name: string): number | undefined {
  const value = readSolid(params, name);
  if (value === undefined) return undefined;
  if (!/^-?\d{1,15}$/.test(value)) {
    throw invalidParam(`Invalid integer: ${value}`, { code: 'parameter_invalid_integer', param: name });
  }
  return Number(value);
}

export function readFlag(params: Params, name: string): boolean | undefined {
  const value = readSolid(params, name);
  if (value === undefined) return undefined;
  if (value !== 'true' && value !== 'false') throw invalidParam(`Invalid boolean: ${value}`, { param: name });
  return value === 'true';
}

export function readChoice<T extends string>(
  params: Params,
  name: string,
  choices: readonly T[],
): T | undefined {
  const value = readSolid(params, name);
  if (value === undefined) return undefined;
  const choice = choices.find((candidate) => candidate === value);
  if (choice === undefined)
    throw invalidParam(`Invalid ${name}: must be one of ${choices.join(', ')}`, { param: name });
  return choice;
}

export function readHash(params: Params, name: string): Params | undefined {
  const value = params[name];
  if (typeof value === 'string') throw invalidParam('Invalid hash', { param: name });
  return value;
}

/** A list of texts, sent as `name[]=a` or `name[0]=a`. */
export function readList(params: Params, name: string): string[] | undefined {
  const hash = params[name];
  if (hash === undefined) return undefined;
  const values = typeof hash === 'string' ? [hash] : Object.values(hash);
  return values.map((value) => {
    if (typeof value !== 'string') throw invalidParam('Invalid array', { param: name });
    return value;
  });
}

const MAX_AMOUNT = 99_999_999;

/** An amount in the currency's smallest unit: 1 to 99,999,999. */
export function readAmount(params: Params, name: string): number | undefined {
  const amount = readInteger(params, name);
  if (amount === undefined) return undefined;
  if (amount < 1) {
    const message = 'This value must be greater than or equal to 1.';
    throw invalidParam(message, { code: 'parameter_invalid_integer', param: name });
  }
  if (amount > MAX_AMOUNT) {
    throw invalidParam(`Amount must be no more than ${MAX_AMOUNT}`, {
      code: 'amount_too_large',
      param: name,
    });
  }
  return amount;
}

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));

/** An ISO 4217 code, answered in lower case as Stripe does. */
export function readCurrency(params: Params, name: string): string | undefined {
  const value = readSolid(params, name);
  if (value === undefined) return undefined;
  if (!CURRENCIES.has(value.toUpperCase())) throw invalidParam(`Invalid currency: ${value}`, { param: name });
  return value.toLowerCase();
}

/** Merges sent metadata over the present: an empty value removes its key, an empty `metadata` removes all. */
export function readMetadata(params: Params, present: Record<string, string>): Record<string, string> {
  const sent = params['metadata'];
  if (sent === undefined) return present;
  if (typeof sent === 'string') {
    if (sent !== '') throw invalidParam('Invalid hash', { param: 'metadata' });
    return {};
  }
  const merged = new Map(Object.entries(present));
  for (const [key, value] of Object.entries(sent)) {
    if (typeof value !== 'string') throw invalidParam('Invalid string', { param: `metadata[${key}]` });
    if (key.length > 40)
      throw invalidParam('Metadata keys can have up to 40 characters.', { param: 'metadata' });
    if (value.length > 500)
      throw invalidParam('Metadata values can have up to 500 characters.', { param: 'metadata' });
    if (value === '') merged.delete(key);
    else merged.set(key, value);
  }
  if (merged.size > 50) throw invalidParam('You can have up to 50 metadata keys.', { param: 'metadata' });
  return Object.fromEntries(merged);
}
