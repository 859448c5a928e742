/** What speaks of the inside of the shop, and so belongs in no answer. */
const INSIDE: Readonly<Record<string, RegExp>> = {
  SQL: /\b(SELECT\b.+\bFROM|INSERT INTO|UPDATE\b.+\bSET|DELETE FROM|SQLSTATE|relation "|violates|P\d{4}\b)/,
  'a tool of ours': /prisma|postgres|redis|graphql-js|fastify|node_modules/i,
  'a path': /(^|["'\s(])\/(work|home|root|tmp|usr|var|srv|opt|app)\/|\b[\w-]+\.[cm]?[jt]s:\d+|file:\/\//,
  'a host': /127\.0\.0\.1|localhost|\[::1\]|ECONN|EADDR|ENOTFOUND/,
  'a stack': /\n\s+at |\\n\s+at |stacktrace/i,
};

/** A person may see the address they signed in from. */
const OWN_ADDRESS = /"ip":"[^"]*"/g;

/** Insists that an answer is no failure of ours and says nothing of the inside. @throws with the answer */
export function requireDiscreet(status: number, text: string): void {
  const shown = text.replaceAll(OWN_ADDRESS, '');
  const problems = Object.entries(INSIDE).flatMap(([what, pattern]) => (pattern.test(shown) ? [what] : []));
  if (status >= 500) problems.push(`status ${status}`);
  if (shown.includes('INTERNAL_SERVER_ERROR')) problems.push('INTERNAL_SERVER_ERROR');
  if (problems.length > 0) throw new Error(`an answer with ${problems.join(', ')}: ${text.slice(0, 2_000)}`);
}
