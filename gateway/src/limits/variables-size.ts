import { refusal } from '@storegraph/subgraph-server';

/** What the variables of one operation may hold. */
export const VARIABLE_LIMITS = {
  /** Objects and lists inside one another. */
  variableDepth: 32,
  /** Items of one list. */
  listItems: 1_000,
} as const;

/**
 * Refuses variables that are small to send and deep or long to walk: whoever comes later walks them recursively.
 *
 * @throws {GraphQLError} `BAD_USER_INPUT` (400), with the limit's name and value
 */
export function requireSmallVariables(variables: Readonly<Record<string, unknown>>): void {
  let level: object[] = [variables];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > VARIABLE_LIMITS.variableDepth) throw tooMuch('variableDepth');
    const next: object[] = [];
    for (const container of level) {
      const items = Array.isArray(container) ? (container as unknown[]) : Object.values(container);
      if (Array.isArray(container) && items.length > VARIABLE_LIMITS.listItems) throw tooMuch('listItems');
      for (const item of items) if (typeof item === 'object' && item !== null) next.push(item);
    }
    level = next;
  }
}

function tooMuch(limit: keyof typeof VARIABLE_LIMITS) {
  const maximum = VARIABLE_LIMITS[limit];
  return refusal('BAD_USER_INPUT', `The variables hold too much: ${limit} is at most ${maximum}.`, {
    limit,
    maximum,
    http: { status: 400 },
  });
}
