import { describe, expect, it } from 'vitest';
import { isId, kindOfId, newId } from './index.js';

describe('identifiers', () => {
  it('name the entity they belong to', () => {
    expect(newId('product')).toMatch(/^prod_[0-9a-hjkmnp-tv-z]{26}$/);
    expect(kindOfId(newId('order'))).toBe('order');
  });

  it('sort by the time of their creation', async () => {
    const first = newId('order');
    await new Promise((resolve) => setTimeout(resolve, 2));
    expect(newId('order') > first).toBe(true);
  });

  it('of one kind are not accepted as another', () => {
    expect(isId('product', newId('order'))).toBe(false);
  });

  it.each(['', 'prod_', 'prod_!!', 'nope_01h455vb4pex5vsknk084sn02q', '__proto__', "prod_01h' or 1=1"])(
    'refuse %j',
    (text) => {
      expect(kindOfId(text)).toBeNull();
    },
  );
});
