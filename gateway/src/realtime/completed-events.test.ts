import { describe, expect, it } from 'vitest';
import { completedEvents } from './completed-events.js';
import type { Listener } from './shared-streams.js';

const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

/** Events that are completed one by one, when the test says so. */
function stage(limit = 3) {
  const heard: unknown[] = [];
  const pending: ((failure?: Error) => void)[] = [];
  let said: Listener<number> = { next: () => undefined, end: () => undefined };
  let isLeft = false;
  const source = completedEvents<number, string>(
    (listener) => {
      said = listener;
      return () => void (isLeft = true);
    },
    {
      complete: (event) =>
        new Promise((resolve, reject) =>
          pending.push((failure) => (failure ? reject(failure) : resolve(`event ${event}`))),
        ),
      limit,
    },
  );
  const leave = source({
    next: (event) => heard.push(event),
    end: (errors) => heard.push(errors?.map(({ extensions }) => extensions['code'] ?? 'unknown') ?? 'end'),
  });
  return {
    heard,
    leave,
    say: (event: number) => said.next(event),
    end: () => said.end(),
    isLeft: () => isLeft,
    async complete(failure?: Error) {
      pending.shift()?.(failure);
      await settle();
    },
  };
}

describe('completed events', () => {
  it('come in order, one after the other, and then the end', async () => {
    const { say, complete, end, heard } = stage();
    [1, 2].forEach(say);
    end();
    expect(heard).toEqual([]);
    await complete();
    expect(heard).toEqual(['event 1']);
    await complete();
    expect(heard).toEqual(['event 1', 'event 2', 'end']);
  });

  it('end at once when nothing waits', () => {
    const { end, heard } = stage();
    end();
    expect(heard).toEqual(['end']);
  });

  it('end as unavailable, and leave the source, when too many wait', async () => {
    const { say, complete, heard, isLeft } = stage(3);
    [1, 2, 3, 4].forEach(say);
    expect(heard).toEqual([]);
    say(5);
    await complete();
    expect([heard, isLeft()]).toEqual([[['SUBGRAPH_UNAVAILABLE']], true]);
  });

  it('end with what completing throws', async () => {
    const { say, complete, heard, isLeft } = stage();
    say(1);
    await complete(new Error('broken'));
    expect([heard, isLeft()]).toEqual([[['unknown']], true]);
  });

  it('are silent for who has left', async () => {
    const { say, complete, leave, heard, isLeft } = stage();
    say(1);
    leave();
    await complete();
    expect([heard, isLeft()]).toEqual([[], true]);
  });
});
