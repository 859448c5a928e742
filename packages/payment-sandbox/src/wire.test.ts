import { expect, test } from 'vitest';
import { ApiError, decodeForm } from './wire.js';

test('brackets become hashes and lists, in both spellings', () => {
  const decoded = decodeForm(
    'amount=5&metadata[order%5Fid]=ord_1&shipping[address][city]=Gent&expand[]=a&expand[]=b&types[0]=c',
  );
  expect(JSON.parse(JSON.stringify(decoded))).toEqual({
    amount: '5',
    metadata: { order_id: 'ord_1' },
    shipping: { address: { city: 'Gent' } },
    expand: { 0: 'a', 1: 'b' },
    types: { 0: 'c' },
  });
});

test('a parameter named after a prototype pollutes nothing', () => {
  const decoded = decodeForm('__proto__[polluted]=1&constructor[prototype][polluted]=1');
  expect(Object.keys(decoded)).toEqual(['__proto__', 'constructor']);
  expect({}).not.toHaveProperty('polluted');
});

test.each([
  ['a[b', 'an open bracket'],
  ['[b]=1', 'no name'],
  ['a=1&a[b]=1', 'text and hash at once'],
  ['a[b]=1&a=1', 'hash and text at once'],
  ['a[b][c][d][e][f][g]=1', 'too deep'],
])('%s is refused: %s', (form) => {
  expect(() => decodeForm(form)).toThrow(ApiError);
});
