import type { ExecutionResult } from 'graphql';
import { toAnswerErrors, type Masking } from '../http/answer-errors.js';
import { answerText } from '../http/answer-text.js';

/** The JSON text of an answer, with of its errors what a client may see. */
export function clientAnswer({ errors, ...answer }: ExecutionResult, masking: Masking): string {
  return answerText(errors ? { ...answer, errors: toAnswerErrors(errors, masking) } : answer);
}
