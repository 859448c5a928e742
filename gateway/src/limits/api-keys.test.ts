import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createRecogniseApiKey } from './api-keys.js';

const recognise = createRecogniseApiKey(
  new Map([[createHash('sha256').update('k-1').digest('hex'), 'mobile']]),
);

describe('an API key', () => {
  it('names the program it was given to', () => {
    expect(recognise('k-1')).toBe('mobile');
    expect([recognise(undefined), recognise('')]).toEqual([undefined, undefined]);
  });

  it('that nobody was given is refused, not taken for none', () => {
    for (const forged of ['k-2', 'mobile', createHash('sha256').update('k-1').digest('hex')])
      expect(() => recognise(forged)).toThrow('not valid');
  });
});
