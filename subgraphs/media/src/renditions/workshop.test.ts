import { describe, expect, it } from 'vitest';
import { openWorkshop, WorkshopFull } from './workshop.js';

const pause = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('the workshop', () => {
  it('does the same work once for everyone who asks meanwhile, and again afterwards', async () => {
    const workshop = openWorkshop({ atOnce: 2, waiting: 10 });
    let done = 0;
    const work = async () => {
      await pause();
      return (done += 1);
    };
    expect(await Promise.all([1, 2, 3].map(() => workshop.do('same', work)))).toEqual([1, 1, 1]);
    expect(await workshop.do('same', work)).toBe(2);
  });

  it('does little at once and all of it', async () => {
    const workshop = openWorkshop({ atOnce: 2, waiting: 10 });
    let busy = 0;
    let busiest = 0;
    await Promise.all(
      Array.from({ length: 8 }, (_, number) =>
        workshop.do(`work ${number}`, async () => {
          busiest = Math.max(busiest, (busy += 1));
          await pause();
          busy -= 1;
        }),
      ),
    );
    expect(busiest).toBe(2);
  });

  it('refuses what would wait too long and goes on after failures', async () => {
    const workshop = openWorkshop({ atOnce: 1, waiting: 1 });
    const failing = workshop.do('a', async () => {
      await pause();
      throw new Error('spoilt');
    });
    const waiting = workshop.do('b', () => Promise.resolve('done'));
    await expect(workshop.do('c', () => Promise.resolve())).rejects.toThrow(WorkshopFull);
    await expect(failing).rejects.toThrow('spoilt');
    expect(await waiting).toBe('done');
  });
});
