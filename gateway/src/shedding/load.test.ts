import { expect, it } from 'vitest';
import { createLoad } from './load.js';

const block = (millis: number) => {
  for (const until = performance.now() + millis; performance.now() < until;);
};

it('the load is too high while as many operations run as may', () => {
  const load = createLoad({ operations: 3, delayMillis: 60_000 });
  const ends = [load.begin('request'), load.begin('request')];
  expect(load.isTooHigh()).toBe(false);
  const end = load.begin('request');
  expect(load.isTooHigh()).toBe(true);
  end();
  end();
  expect(load.isTooHigh()).toBe(false);
  ends.forEach((one) => one());
  load.close();
});

it('operations go on counting when their request has ended', () => {
  const load = createLoad({ operations: 2, delayMillis: 60_000 });
  for (let asked = 0; asked < 2; asked += 1) {
    const left = load.begin('request');
    load.begin('operation');
    left();
  }
  expect(load.isTooHigh()).toBe(true);
  load.close();
});

it('a late event loop is too much load when there is much to do, and at once', async () => {
  const load = createLoad({ operations: 16, delayMillis: 100 });
  load.begin('operation');
  block(300);
  expect(load.isTooHigh()).toBe(false);
  load.begin('operation');
  expect(load.isTooHigh()).toBe(true);
  for (let tries = 0; tries < 100 && load.isTooHigh(); tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 20));
  expect(load.isTooHigh()).toBe(false);
  load.close();
});
