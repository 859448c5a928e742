import { parse, validate, type GraphQLSchema } from 'graphql';
import type { Finding } from './finding.js';

/** Client operations we promise to keep working are valid against the API schema. */
export function operationsAreValid(
  schema: GraphQLSchema,
  operations: { file: string; text: string }[],
): Finding[] {
  return operations.flatMap(({ file, text }) =>
    validate(schema, parse(text)).map((error) => ({
      rule: 'operations-are-valid',
      at: file,
      message: error.message,
    })),
  );
}
