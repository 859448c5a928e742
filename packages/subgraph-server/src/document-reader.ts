import { GraphQLError, parse, validate, type DocumentNode, type GraphQLSchema } from 'graphql';
import { refusal } from './refusal.js';

const REMEMBERED_DOCUMENTS = 1_000;
/** Longer documents are read each time, so that what is remembered stays within some 20 MB. */
const LONGEST_REMEMBERED = 20_000;
const MOST_TOKENS = 50_000;

/**
 * Parses and validates documents, each valid one once: the gateway's planner repeats them. Answers refusals for a
 * document that is not of this schema.
 */
export function createDocumentReader(
  schema: GraphQLSchema,
): (query: string) => DocumentNode | GraphQLError[] {
  const remembered = new Map<string, DocumentNode>();
  return (query) => {
    const known = remembered.get(query);
    if (known) return known;
    const document = read(schema, query);
    if (Array.isArray(document) || query.length > LONGEST_REMEMBERED) return document;
    if (remembered.size >= REMEMBERED_DOCUMENTS) remembered.delete(remembered.keys().next().value ?? '');
    remembered.set(query, document);
    return document;
  };
}

function read(schema: GraphQLSchema, query: string): DocumentNode | GraphQLError[] {
  try {
    const document = parse(query, { maxTokens: MOST_TOKENS });
    const errors = validate(schema, document);
    return errors.length > 0
      ? errors.map((error) => refusal('GRAPHQL_VALIDATION_FAILED', error.message))
      : document;
  } catch (error) {
    if (error instanceof GraphQLError) return [refusal('GRAPHQL_PARSE_FAILED', error.message)];
    throw error;
  }
}
