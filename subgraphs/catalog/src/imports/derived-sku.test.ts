import { describe, expect, it } from 'vitest';
import { deriveHashedSku, deriveSku } from './derived-sku.js';

describe('deriving an SKU', () => {
  it('writes handle and options readably where nothing is lost', () => {
    expect(deriveSku('trail-mug', ['Blue', '350ml'])).toBe('TRAIL-MUG-BLUE-350ML');
    expect(deriveSku('trail-mug', [])).toBe('TRAIL-MUG');
  });

  it('keeps options apart that look alike in capitals', () => {
    const skus = ['1/2', '1 2', 'Größe', 'Große', '红', '蓝'].map((value) => deriveSku('mug', [value]));
    expect(new Set(skus).size).toBe(6);
  });

  it('stays short for long handles and differs at their end', () => {
    const long = 'very-long-handle-'.repeat(8);
    expect(deriveSku(`${long}a`, []).length).toBeLessThanOrEqual(60);
    expect(deriveSku(`${long}a`, [])).not.toBe(deriveSku(`${long}b`, []));
  });

  it('does not confuse where the handle ends when hashed', () => {
    expect(deriveHashedSku('a-b', ['c'])).not.toBe(deriveHashedSku('a', ['b-c']));
    expect(deriveHashedSku('a', ['b'])).toBe(deriveHashedSku('a', ['b']));
  });
});
