import {
  GraphQLError,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import { refusal } from '@storegraph/subgraph-server';
import { DOCUMENT_LIMITS, requireSmallDocument } from './document-size.js';

export const PARSE_OPTIONS = { maxTokens: DOCUMENT_LIMITS.tokens } as const;

/** A client is told five errors of one document: these, and one that says there are more. */
export const REPORTED_ERRORS = 4;

const REMEMBERED = 2_000;

/**
 * Checks the size of a document by its source text, before anyone validates it; texts that passed are remembered.
 * A text that cannot be parsed passes: the parser speaks for itself.
 *
 * @throws {GraphQLError} from the returned function, a refusal
 */
export function createSizeCheck(): (source: string) => void {
  const passed = new Set<string>();
  return (source) => {
    if (passed.has(source)) return;
    const document = parsed(source);
    if (!document) return;
    requireSmallDocument(document);
    if (passed.size >= REMEMBERED) passed.delete(passed.values().next().value ?? '');
    passed.add(source);
  };
}

function parsed(source: string): DocumentNode | null {
  try {
    return parse(source, { ...PARSE_OPTIONS, noLocation: true });
  } catch {
    return null;
  }
}

/** Parses and validates what comes over a socket, exactly as what comes over HTTP. */
export type AcceptDocument = (source: string) => DocumentNode | readonly GraphQLError[];

export function createAcceptDocument(
  schema: GraphQLSchema,
  { introspection }: { introspection: boolean },
): AcceptDocument {
  const rules = introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule];
  const accepted = new Map<string, DocumentNode>();
  return (source) => {
    const known = accepted.get(source);
    if (known) return known;
    try {
      const document = parse(source, PARSE_OPTIONS);
      requireSmallDocument(document);
      const errors = validate(schema, document, rules, { maxErrors: REPORTED_ERRORS });
      if (errors.length > 0)
        return errors.map((error) =>
          refusal(
            'GRAPHQL_VALIDATION_FAILED',
            introspection ? error.message : withoutSuggestions(error.message),
          ),
        );
      if (accepted.size >= REMEMBERED) accepted.delete(accepted.keys().next().value ?? '');
      accepted.set(source, document);
      return document;
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      return [error.extensions['code'] ? error : refusal('GRAPHQL_PARSE_FAILED', error.message)];
    }
  };
}

/** "Did you mean …?" tells names of the schema to who guesses them. */
function withoutSuggestions(message: string): string {
  return message.replace(/ ?Did you mean .*$/s, '');
}
