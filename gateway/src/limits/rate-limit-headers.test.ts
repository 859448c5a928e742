import { describe, expect, it } from 'vitest';
import { openBill } from './bill.js';
import { rateLimitHeaders, refusedHeaders } from './rate-limit-headers.js';

const spent = {
  policy: 'user',
  isAllowed: true,
  limit: 500,
  remaining: 380,
  windowSeconds: 60,
  resetMillis: 12_001,
};

describe('headers about limits', () => {
  it('tell what is left in the words of the draft, and in those of its earlier versions', () => {
    const bill = { ...openBill({ kind: 'user', key: 'user:u1', network: 'x' }), spent };
    expect(rateLimitHeaders(bill)).toEqual({
      'ratelimit-policy': '"user";q=500;qu="points";w=60',
      ratelimit: '"user";r=380;t=13',
      'ratelimit-limit': '500',
      'ratelimit-remaining': '380',
      'ratelimit-reset': '13',
    });
    expect(rateLimitHeaders({ ...bill, spent: null })).toEqual({});
  });

  it('tell a refused client when to come back, a second later at least', () => {
    expect(refusedHeaders({ ...spent, resetMillis: 3 })['retry-after']).toBe('1');
  });
});
