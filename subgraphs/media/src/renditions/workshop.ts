/** Work on pictures is refused because too much of it waits; nothing was begun. */
export class WorkshopFull extends Error {
  override readonly name = 'WorkshopFull';

  constructor() {
    super('too much picture work is waiting');
  }
}

/** Where work on pictures is done: little at once, and never the same work twice at the same time. */
export type Workshop = {
  /**
   * Does the work, or waits for it when it is under way under the same name.
   *
   * @throws {WorkshopFull} when the queue is full, and whatever the work throws
   */
  do<Result>(name: string, work: () => Promise<Result>): Promise<Result>;
};

/** @param limits how much is done at the same time, and how much more may wait for its turn */
export function openWorkshop(limits: { atOnce: number; waiting: number }): Workshop {
  const underWay = new Map<string, Promise<unknown>>();
  const queue: (() => void)[] = [];
  let busy = 0;

  const enter = async () => {
    if (busy < limits.atOnce) {
      busy += 1;
      return;
    }
    if (queue.length >= limits.waiting) throw new WorkshopFull();
    // The place is handed over by whoever leaves, so `busy` stays as it is.
    await new Promise<void>((resolve) => queue.push(resolve));
  };
  const leave = () => {
    const next = queue.shift();
    if (next) next();
    else busy -= 1;
  };
  const take = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    await enter();
    try {
      return await work();
    } finally {
      leave();
    }
  };

  return {
    do<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
      const running = underWay.get(name) as Promise<Result> | undefined;
      if (running) return running;
      const started = take(work).finally(() => underWay.delete(name));
      underWay.set(name, started);
      return started;
    },
  };
}
