import { expect, it } from 'vitest';
import { createOperationUsage, type UsedOperation } from './operation-usage.js';

const asking = (source: string): UsedOperation => ({
  source,
  operationName: undefined,
  variables: undefined,
  viewer: { kind: 'anonymous' },
});

it('the operations asked most are known, whatever else is asked once', () => {
  const usage = createOperationUsage();
  for (let round = 0; round < 5; round += 1) {
    usage.note(asking('{ often }'));
    if (round > 1) usage.note(asking('{ sometimes }'));
  }
  for (let once = 0; once < 5_000; once += 1) usage.note(asking(`{ once${once} }`));
  const most = usage.most().map(({ source }) => source);
  expect(most.slice(0, 2)).toEqual(['{ often }', '{ sometimes }']);
  expect(most.length).toBeLessThanOrEqual(400);
});
