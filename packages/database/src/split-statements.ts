/** What ends each construct inside which a semicolon does not end a statement. */
const OPENERS: [opener: RegExp, closer: (match: string) => RegExp][] = [
  [/--/y, () => /\n|$/g],
  [/\/\*/y, () => /\*\//g],
  [/[eE]'/y, () => /(?<!\\)(?:\\\\)*'/g],
  [/'/y, () => /'/g],
  [/"/y, () => /"/g],
  [/\$[A-Za-z_]?\w*\$/y, (tag) => new RegExp(tag.replaceAll('$', '\\$'), 'g')],
];

/**
 * Cut a script into statements at its top-level semicolons: those in quotes, dollar quotes and comments
 * stay. A doubled quote reads as one literal after another, which cuts the same. Nested block comments are
 * not followed (PostgreSQL manual, 4.1 Lexical Structure).
 */
export function splitStatements(script: string): string[] {
  const statements: string[] = [];
  let start = 0;
  let at = 0;
  while (at < script.length) {
    if (script[at] === ';') {
      statements.push(script.slice(start, at));
      start = at + 1;
    }
    at = skipQuoted(script, at) ?? at + 1;
  }
  statements.push(script.slice(start));
  return statements.map((statement) => statement.trim()).filter(hasSql);
}

/** The position behind the quoted or commented text that begins at `at`, if one does. */
function skipQuoted(script: string, at: number): number | undefined {
  for (const [opener, closerFor] of OPENERS) {
    opener.lastIndex = at;
    const opened = opener.exec(script);
    if (!opened) continue;
    const closer = closerFor(opened[0]);
    closer.lastIndex = opener.lastIndex;
    return closer.exec(script) ? closer.lastIndex : script.length;
  }
  return undefined;
}

function hasSql(statement: string): boolean {
  return (
    statement
      .replace(/--.*$/gm, '')
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .trim() !== ''
  );
}
