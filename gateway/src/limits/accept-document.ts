import {
  GraphQLError,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import type { RefusalCode } from '@storegraph/subgraph-server';
import { DOCUMENT_LIMITS, documentTooLarge, requireSmallDocument } from './document-size.js';

export const PARSE_OPTIONS = { maxTokens: DOCUMENT_LIMITS.tokens } as const;

/** A client is told five errors of one document: these, and one that says there are more. */
export const REPORTED_ERRORS = 4;

const REMEMBERED = 2_000;

/** Parses and validates a document, whichever way it came; documents that passed are remembered. */
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
          refusedAt(
            error,
            'GRAPHQL_VALIDATION_FAILED',
            introspection ? error.message : withoutSuggestions(error.message),
          ),
        );
      if (accepted.size >= REMEMBERED) accepted.delete(accepted.keys().next().value ?? '');
      accepted.set(source, document);
      return document;
    } catch (error) {
      // Thousands of levels exhaust the stack before anybody has counted them.
      if (error instanceof RangeError) return [documentTooLarge('depth')];
      if (!(error instanceof GraphQLError)) throw error;
      return [error.extensions['code'] ? error : refusedAt(error, 'GRAPHQL_PARSE_FAILED', error.message)];
    }
  };
}

/** The same place in the document, in our words. */
function refusedAt({ source, positions }: GraphQLError, code: RefusalCode, message: string): GraphQLError {
  return new GraphQLError(message, { source, positions, extensions: { code } });
}

/** "Did you mean …?" tells names of the schema to who guesses them. */
function withoutSuggestions(message: string): string {
  return message.replace(/ ?Did you mean .*$/s, '');
}
