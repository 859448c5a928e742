import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { CONTESTANT_NAMES, type ContestantName } from './contestants/contestant.js';
import { QUESTION_NAMES, type QuestionName } from './graph/questions.js';

/** What a run is asked to do. */
export type Options = {
  readonly only: readonly ContestantName[];
  readonly questions: readonly QuestionName[];
  /** How often everyone has its turn under every load. */
  readonly rounds: number;
  /** How long one turn is. */
  readonly seconds: number;
  /** How long everyone is loaded with each question before anything is measured. */
  readonly warmUpSeconds: number;
  /** Where the whole result goes as JSON. */
  readonly json: string | null;
  /** Where CPU profiles of the named contestants go; absent, nothing is profiled. */
  readonly profile: string | null;
};

/** @throws {TypeError} for a flag or a value nobody knows */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      questions: { type: 'string' },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '2' },
      'warm-up': { type: 'string', default: '6' },
      json: { type: 'string' },
      profile: { type: 'string' },
    },
  });
  return {
    only: someOf('only', values.only, CONTESTANT_NAMES),
    questions: someOf('questions', values.questions, QUESTION_NAMES),
    rounds: Math.ceil(positive('rounds', values.rounds)),
    seconds: positive('seconds', values.seconds),
    warmUpSeconds: positive('warm-up', values['warm-up']),
    json: values.json ? resolve(values.json) : null,
    profile: values.profile ? resolve(values.profile) : null,
  };
}

function someOf<Name extends string>(
  flag: string,
  text: string | undefined,
  known: readonly Name[],
): readonly Name[] {
  if (text === undefined) return known;
  return text.split(',').map((one) => {
    const name = known.find((candidate) => candidate === one);
    if (!name) throw new TypeError(`--${flag}: "${one}" is none of ${known.join(', ')}`);
    return name;
  });
}

function positive(flag: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new TypeError(`--${flag}: expected a number above 0`);
  return value;
}
