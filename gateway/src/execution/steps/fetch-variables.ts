import { put } from '../join.js';
import { valueText } from '../writing/json-text.js';

type Variables = Readonly<Record<string, unknown>>;

/** The variables a fetch uses, of those the client gave. */
export function variablesOf(names: readonly string[], given: Variables): Record<string, unknown> {
  const variables: Record<string, unknown> = {};
  for (const name of names)
    if (Object.hasOwn(given, name) && given[name] !== undefined) put(variables, name, given[name]);
  return variables;
}

/** Variables as JSON text, some of them texts already. */
export function variablesText(
  variables: Variables,
  texts: readonly (readonly [name: string, text: string])[],
): string {
  let json = '';
  for (const name of Object.keys(variables))
    json += `${json ? ',' : ''}${JSON.stringify(name)}:${valueText(variables[name])}`;
  for (const [name, text] of texts) json += `${json ? ',' : ''}${JSON.stringify(name)}:${text}`;
  return `{${json}}`;
}
