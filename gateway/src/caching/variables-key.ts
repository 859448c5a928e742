import { digestOf } from './digest.js';

/** Longer variables are no key. */
const LONGEST_VARIABLES = 256;

/** Values of the variables that matter, so that others make no answer of their own; long ones as a digest. */
export function variablesKey(names: readonly string[], variables: Readonly<Record<string, unknown>>): string {
  if (names.length === 0) return '';
  const json = JSON.stringify(names.map((name) => given(variables[name])));
  return json.length <= LONGEST_VARIABLES ? json : digestOf(json);
}

/** Not given and `null` are two things. */
const given = (value: unknown): unknown[] => (value === undefined ? [] : [value]);
