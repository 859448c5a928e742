import type { StatementTrace } from '@storegraph/database';
import { currentSpan, errorType, startSpan } from '@storegraph/observability';

const LONGEST_TEXT = 2_000;
const TEXT_LITERAL = /'(?:[^']|'')*'/g;
/** What a statement does and to what, as far as its first words tell. */
const SUMMARY =
  /^\s*(?:with\b[\s\S]*?\)\s*)?(select|insert|update|delete|merge|begin|commit|rollback|savepoint|release|set|listen|create|alter)\b(?:[\s\S]*?\b(?:from|into|update)\s+|\s+)?(?:"?\w+"?\.)?"?(\w+)?/i;

/**
 * Makes a span of each statement sent on behalf of something that is traced, by OpenTelemetry's semantic conventions for
 * database clients. What the process does by itself, such as looking for events to relay, is not traced.
 *
 * @param database the domain whose database it is
 */
export function traceStatements(database: string): StatementTrace {
  return (text) => {
    if (!currentSpan()) return undefined;
    const [, verb = 'statement', target] = SUMMARY.exec(text) ?? [];
    const operation = verb.toUpperCase();
    const span = startSpan({
      name: target ? `${operation} ${target}` : operation,
      kind: 'client',
      attributes: {
        'db.system.name': 'postgresql',
        'db.namespace': database,
        'db.operation.name': operation,
        'db.collection.name': target,
        // Values travel as parameters; a literal that somebody wrote into a statement stays here all the same.
        'db.query.text': text.replaceAll(TEXT_LITERAL, "'?'").slice(0, LONGEST_TEXT),
      },
    });
    return (error) => {
      if (error) span?.fail(errorType(error));
      span?.end();
    };
  };
}
