import { WrittenData } from '../execution/writing/written-data.js';

type Answer = { data?: unknown; errors?: unknown; extensions?: unknown };

/** An answer as JSON text (GraphQL specification, Response Format: errors come first). Written data goes in as it is. */
export function answerText({ data, errors, extensions }: Answer): string {
  const parts: string[] = [];
  if (errors !== undefined) parts.push(`"errors":${JSON.stringify(errors)}`);
  if (data !== undefined)
    parts.push(`"data":${data instanceof WrittenData ? data.json : JSON.stringify(data)}`);
  if (extensions !== undefined) parts.push(`"extensions":${JSON.stringify(extensions)}`);
  return `{${parts.join()}}`;
}
