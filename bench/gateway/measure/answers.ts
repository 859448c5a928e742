import { isDeepStrictEqual } from 'node:util';
import { openHttpClient, UnexpectedAnswer } from '../../load/http-client.js';
import type { RunningContestant } from '../contestants/start-contestant.js';
import { QUESTIONS, requestBody, type QuestionName } from '../graph/questions.js';

/** The text of each contestant's answer, by question. */
export type Answers = ReadonlyMap<RunningContestant, Readonly<Partial<Record<QuestionName, string>>>>;

/** Not everyone can answer everything. */
export function questionsOf(
  { contestant }: RunningContestant,
  questions: readonly QuestionName[],
): readonly QuestionName[] {
  return questions.filter((name) => contestant.questions.includes(name));
}

/** Different variables, one answer: see `Question.bounds`. */
const NUMBERS = [0, 1, 12_345];

/**
 * Asks everyone everything.
 *
 * @throws {UnexpectedAnswer} when two contestants disagree, or one with itself, or when there are errors in an answer
 */
export async function collectAnswers(
  contestants: readonly RunningContestant[],
  questions: readonly QuestionName[],
): Promise<Answers> {
  const client = openHttpClient(1);
  const agreed = new Map<QuestionName, unknown>();
  const answers = new Map<RunningContestant, Partial<Record<QuestionName, string>>>();
  try {
    for (const running of contestants) {
      const own: Partial<Record<QuestionName, string>> = {};
      answers.set(running, own);
      for (const name of questionsOf(running, questions)) {
        for (const number of NUMBERS) {
          const text = await client.postJson(running.url, requestBody(QUESTIONS[name], number));
          own[name] ??= text;
          const answer = JSON.parse(text) as { data: unknown; errors?: unknown };
          const expected = agreed.get(name) ?? answer;
          agreed.set(name, expected);
          const isFine = answer.data && !answer.errors && text === own[name];
          if (!isFine || !isDeepStrictEqual(answer, expected))
            throw new UnexpectedAnswer(`${running.contestant.name} answered ${name} unlike the others`, text);
        }
      }
    }
  } finally {
    await client.close();
  }
  return answers;
}
