import { EventEmitter, once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { currentCorrelationId, newCorrelationId, withCorrelation } from './correlation.js';

describe('a correlation id', () => {
  it('follows the work through timers, promises and events, and never into other work', async () => {
    const emitter = new EventEmitter();
    const work = (id: string, millis: number) =>
      withCorrelation(id, async () => {
        await pause(millis);
        await Promise.all([Promise.resolve(), once(emitter, 'go')]);
        return currentCorrelationId();
      });
    const both = Promise.all([work('corr-aaaa', 1), work('corr-bbbb', 5)]);
    await pause(20);
    emitter.emit('go');
    expect(await both).toEqual(['corr-aaaa', 'corr-bbbb']);
    expect(currentCorrelationId()).toBeUndefined();
  });

  it('of an inner piece of work hides the outer one until it is done', () => {
    withCorrelation('corr-outer', () => {
      expect(withCorrelation('corr-inner', currentCorrelationId)).toBe('corr-inner');
      expect(currentCorrelationId()).toBe('corr-outer');
    });
  });

  it('is followed again after a moment when nothing was', async () => {
    const id = () =>
      withCorrelation('corr-later', async () => {
        await pause(1);
        return currentCorrelationId();
      });
    expect(await id()).toBe('corr-later');
    expect(await id()).toBe('corr-later');
  });

  it('of long work outlives whatever else begins and ends meanwhile', async () => {
    const long = withCorrelation('corr-long', async () => {
      await pause(20);
      return currentCorrelationId();
    });
    expect(() =>
      withCorrelation('corr-short', () => {
        throw new Error('short');
      }),
    ).toThrow('short');
    expect(await long).toBe('corr-long');
  });

  it('is the caller’s own when it is harmless', () => {
    expect(newCorrelationId('0191e0c4-7b1c-7c3e-9f7a-2f2f7a1c1c1c')).toBe(
      '0191e0c4-7b1c-7c3e-9f7a-2f2f7a1c1c1c',
    );
    expect(newCorrelationId('trace:a.b_c-1')).toBe('trace:a.b_c-1');
  });

  it.each([
    ['a header injection', 'corr-0001\r\nset-cookie: a=b'],
    ['a trailing line feed', 'corr-0001\n'],
    ['a log injection', '"},{"level":"fatal'],
    ['terminal escapes', '\u001b[31mcorr-0001'],
    ['other letters', 'körrelation'],
    ['too short a text', 'abc'],
    ['too long a text', 'a'.repeat(129)],
    ['nothing', ''],
    ['none', undefined],
  ])('is a fresh one instead of %s', (_what, proposed) => {
    const id = newCorrelationId(proposed);
    expect(id).toMatch(/^[\da-f-]{36}$/);
    expect(newCorrelationId(proposed)).not.toBe(id);
  });
});
