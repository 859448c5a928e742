import { describe, expect, test } from 'vitest';
import { databaseUrl, DatabaseUrlInvalid } from '../src/index.js';

describe('databaseUrl', () => {
  test.each([
    ['postgres://u@h:5432/storegraph', 'orders', 'postgres://u@h:5432/storegraph_orders'],
    [
      'postgresql://u:p%40ss@h/shop?sslmode=require&pool=1',
      'catalog',
      'postgresql://u:p%40ss@h/shop_catalog?sslmode=require&pool=1',
    ],
    ['postgres://h/my%20shop', 'orders', 'postgres://h/my%20shop_orders'],
    ['postgres://h/shop', 'payment-sandbox', 'postgres://h/shop_payment_sandbox'],
  ])('%s for %s', (base, domain, expected) => {
    expect(databaseUrl(base, domain)).toBe(expected);
  });

  test.each([
    'mysql://u@h/shop',
    'postgres://u@h',
    'postgres://u@h/',
    'not a url',
    `postgres://h/${'a'.repeat(60)}`,
  ])('refuses %s without repeating a password', (base) => {
    expect(() => databaseUrl(base, 'orders')).toThrow(DatabaseUrlInvalid);
  });

  test('names the setting and hides the password of a URL it refuses', () => {
    expect(() => databaseUrl('mysql://u:secret@h/shop', 'orders')).toThrow(
      /^DATABASE_URL must look like (?!.*secret)/,
    );
  });
});
