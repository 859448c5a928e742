import { describe, expect, it } from 'vitest';
import { refusal } from '@storegraph/subgraph-server';
import { createSharedStreams, type Listener, type Source } from './shared-streams.js';

/** Sources that say what they are told, and who listens to what they say. */
function stage() {
  const streams = createSharedStreams<number>();
  const opened: Listener<number>[] = [];
  const left: number[] = [];
  const source: Source<number> = (listener) => {
    const index = opened.push(listener) - 1;
    return () => left.push(index);
  };
  const listen = (heard: unknown[], isNews = true) =>
    streams.listen(
      'key',
      { source, isNews },
      {
        next: (event) => heard.push(event),
        end: (errors) => heard.push(errors?.map(({ message }) => message) ?? 'end'),
      },
    );
  return { streams, opened, left, listen };
}

describe('shared streams', () => {
  it('are opened for the first listener and left after the last', () => {
    const { streams, opened, left, listen } = stage();
    const [ann, bob]: [unknown[], unknown[]] = [[], []];
    const leaveAnn = listen(ann);
    const leaveBob = listen(bob);
    opened[0]?.next(1);
    leaveAnn();
    opened[0]?.next(2);
    expect([opened.length, left, streams.size]).toEqual([1, [], 1]);
    leaveBob();
    leaveBob();
    expect([ann, bob, left, streams.size]).toEqual([[1], [1, 2], [0], 0]);
  });

  it('take nobody in who would have missed the beginning', () => {
    const { opened, listen } = stage();
    const heard: unknown[][] = [[], [], []];
    const enter = (index: number) => listen(heard[index] ?? [], false);
    enter(0);
    enter(1);
    opened[0]?.next(1);
    enter(2);
    opened[1]?.next(10);
    opened[0]?.next(2);
    expect(heard).toEqual([[1, 2], [1, 2], [10]]);
  });

  it('that were replaced leave their successor alone', () => {
    const { opened, left, listen } = stage();
    const leaveOld = listen([], false);
    opened[0]?.next(1);
    listen([], false);
    leaveOld();
    listen([], false);
    expect([opened.length, left]).toEqual([2, [0]]);
  });

  it('end once and for all of their listeners, with the reason', () => {
    const { streams, opened, listen } = stage();
    const heard: unknown[] = [];
    listen(heard);
    listen(heard);
    opened[0]?.end([refusal('SUBGRAPH_UNAVAILABLE', 'gone')]);
    opened[0]?.end();
    expect([heard, streams.size]).toEqual([[['gone'], ['gone']], 0]);
  });

  it('may be left while they speak', () => {
    const { opened, left, listen } = stage();
    const heard: unknown[] = [];
    const leave = listen({ push: () => leave() } as never);
    listen(heard);
    opened[0]?.next(1);
    opened[0]?.next(2);
    expect([heard, left]).toEqual([[1, 2], []]);
  });
});
