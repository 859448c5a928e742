import type { ExecutionResult, GraphQLError } from 'graphql';
import type { Logger } from '@storegraph/observability';
import { toAnswerErrors } from '../http/answer-errors.js';
import { answerText } from '../http/answer-text.js';

/** The JSON text of an answer, with of its errors what a client may see. */
export function clientAnswer({ errors, ...answer }: ExecutionResult, log: Logger): string {
  return answerText(errors ? { ...answer, errors: toAnswerErrors(errors, log) } : answer);
}

/** The same of errors alone. */
export function clientErrors(errors: readonly GraphQLError[], log: Logger): string {
  return JSON.stringify(toAnswerErrors(errors, log));
}
