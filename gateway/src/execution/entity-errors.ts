import { GraphQLError } from 'graphql';
import { TOO_LATE, UNAVAILABLE } from '../fetching/outage.js';
import { placesOf, type AnswerPath } from './entity-path.js';
import type { Question, Target } from './entity-question.js';
import type { RunState } from './plan-run.js';

const OUTAGES: ReadonlySet<unknown> = new Set([UNAVAILABLE.code, TOO_LATE.code]);

/**
 * Errors of an entity fetch, placed in the client's answer: an error of one representation at every object that waits
 * for it, an outage once.
 */
export function entityErrors(
  errors: readonly GraphQLError[],
  questions: readonly Question[],
  { data }: RunState,
): GraphQLError[] {
  const places = new Map<readonly string[], ReturnType<typeof placesOf>>();
  const pathsOf = ({ object, path }: Target): readonly AnswerPath[] => {
    const known = places.get(path) ?? placesOf(data, path);
    places.set(path, known);
    return known.get(object) ?? [];
  };
  return errors.flatMap((error) => {
    const [key, index, ...rest] = error.path ?? [];
    const question = questions.find(({ part }) => part.key === key) ?? questions[0];
    // What a remote subgraph calls an error has been JSON: it may have no extensions.
    if (typeof index !== 'number' || OUTAGES.has(error.extensions?.['code'])) {
      const [target] = question?.targets.find((targets) => targets.length > 0) ?? [];
      const [place = []] = target ? pathsOf(target) : [];
      const gap = question?.part.gap;
      return [placed(error, gap ? [...place, gap] : place)];
    }
    const waiting = new Map(question?.targets[index]?.map((target) => [target.object, target]));
    const paths = [...waiting.values()].flatMap(pathsOf);
    return paths.map((path) => placed(error, [...path, ...rest]));
  });
}

/** The same error elsewhere. Its code stays; the subgraph's own path and locations mean nothing to the client. */
export function placed(error: GraphQLError, path: AnswerPath | undefined): GraphQLError {
  return new GraphQLError(error.message, { path, extensions: error.extensions, originalError: error });
}
