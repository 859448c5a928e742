import { GraphQLError } from 'graphql';
import { placesOf, type AnswerPath, type EntityPath } from './entity-path.js';
import type { Question, Target } from './entity-question.js';
import type { Entity, RunState } from '../plan-run.js';

/** What went wrong with a request for entities. */
export type Failure = {
  readonly errors: readonly GraphQLError[];
  /** Whether the subgraph said nothing at all. */
  readonly isLost: boolean;
};

type PathsOf = (target: Target) => readonly AnswerPath[];

/**
 * Errors of an entity fetch, placed in the client's answer: an error of one representation at every object that waits
 * for it; an error of the whole request at the first object of each path that is left empty.
 */
export function entityErrors(
  { errors, isLost }: Failure,
  questions: readonly Question[],
  { data }: RunState,
): GraphQLError[] {
  if (errors.length === 0) return [];
  const pathsOf = pathsIn(data);
  return errors.flatMap((error) => {
    const [key, index, ...rest] = error.path ?? [];
    const question = questions.find(({ part }) => part.key === key);
    if (!question || typeof index !== 'number') {
      const gaps = questions.flatMap((one) => gapsOf(one, pathsOf));
      return (isLost ? gaps : gaps.slice(0, 1)).map((path) => placed(error, path));
    }
    const waiting = new Map(question.targets[index]?.map((target) => [target.object, target]));
    const paths = [...waiting.values()].flatMap(pathsOf);
    return paths.map((path) => placed(error, [...path, ...rest]));
  });
}

function pathsIn(data: Entity): PathsOf {
  const places = new Map<EntityPath, ReturnType<typeof placesOf>>();
  return ({ object, path }) => {
    const known = places.get(path) ?? placesOf(data, path);
    places.set(path, known);
    return known.get(object) ?? [];
  };
}

function gapsOf({ part, targets }: Question, pathsOf: PathsOf): AnswerPath[] {
  const first = new Map<EntityPath, Target>();
  for (const target of targets.flat()) if (!first.has(target.path)) first.set(target.path, target);
  return [...first.values()].map((target) => {
    const [path = []] = pathsOf(target);
    const gap = part.gap(target.object['__typename']);
    return gap === null ? path : [...path, gap];
  });
}

/** The same error elsewhere. Its code stays; the subgraph's own path and locations mean nothing to the client. */
export function placed(error: GraphQLError, path: AnswerPath | undefined): GraphQLError {
  return new GraphQLError(error.message, { path, extensions: error.extensions, originalError: error });
}
