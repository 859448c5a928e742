import type { GraphQLError } from 'graphql';
import { asGraphqlError } from '../http/answer-errors.js';
import type { Source } from './shared-streams.js';
import { unavailable } from './upstream.js';

/**
 * Completes each event of a source, one after the other and in order. Events that come meanwhile wait; when more than
 * `limit` do, the stream ends as unavailable rather than grow. It ends with what completing throws, too.
 */
export function completedEvents<Event, Completed>(
  source: Source<Event>,
  options: { complete: (event: Event) => Promise<Completed>; limit: number },
): Source<Completed> {
  const { complete, limit } = options;
  return (listener) => {
    const waiting: Event[] = [];
    let isWorking = false;
    let isLeft = false;
    let ending: { errors?: readonly GraphQLError[] | undefined } | null = null;

    const work = async (): Promise<void> => {
      isWorking = true;
      for (let event = waiting.shift(); event !== undefined; event = waiting.shift()) {
        const completed = await complete(event);
        if (isLeft) return;
        listener.next(completed);
      }
      isWorking = false;
      if (ending) listener.end(ending.errors);
    };
    const breakOff = (error: GraphQLError): void => {
      if (isLeft) return;
      stop();
      listener.end([error]);
    };
    const leave = source({
      next(event) {
        waiting.push(event);
        if (waiting.length > limit) breakOff(unavailable());
        else if (!isWorking) work().catch((thrown: unknown) => breakOff(asGraphqlError(thrown)));
      },
      end(errors) {
        ending = { errors };
        if (!isWorking) listener.end(errors);
      },
    });
    const stop = (): void => {
      isLeft = true;
      waiting.length = 0;
      leave();
    };
    return stop;
  };
}
