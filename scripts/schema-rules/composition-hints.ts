import type { Finding } from './finding.js';

/** Hints we have looked at, each with the reason it is as intended. */
const EXPECTED = new Map<string, { about: RegExp; reason: string }>([
  [
    'INCONSISTENT_ENUM_VALUE_FOR_OUTPUT_ENUM',
    {
      about: /\bErrorCode\b/,
      reason: 'each subgraph lists only the codes it answers; the graph shows their union',
    },
  ],
]);

/** Composition's hints that nobody has looked at yet. */
export function hintsAreExpected(hints: { code: string; message: string }[]): Finding[] {
  return hints
    .filter(({ code, message }) => !EXPECTED.get(code)?.about.test(message))
    .map(({ code, message }) => ({ rule: 'hints-are-expected', at: code, message }));
}
