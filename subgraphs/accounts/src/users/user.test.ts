import { describe, expect, it } from 'vitest';
import { displayNameOf, emailKeyOf, maySignIn, UserStatus } from './user.js';

describe('the form in which e-mail addresses are compared', () => {
  it.each([
    ['Ada@Example.TEST', 'ada@example.test'],
    ['  ada@example.test\t', 'ada@example.test'],
    ['ａｄａ＠example．test', 'ada@example.test'],
    ['Jose\u0301@example.test', 'jos\u00e9@example.test'],
  ])('of %j is %j', (email, key) => {
    expect(emailKeyOf(email)).toBe(key);
  });
});

describe('the name others see', () => {
  it.each([
    [{ firstName: 'Ada', lastName: 'Lovelace' }, 'Ada L.'],
    [{ firstName: 'Ada', lastName: null }, 'Ada'],
    [{ firstName: null, lastName: 'Lovelace' }, 'L.'],
    [{ firstName: null, lastName: null }, 'Shopper'],
    [{ firstName: 'Ada', lastName: '𝓛ovelace' }, 'Ada 𝓛.'],
  ])('of %j is %j', (names, shown) => {
    expect(displayNameOf(names)).toBe(shown);
  });
});

it('lets people in while their account is open', () => {
  expect(Object.values(UserStatus).filter((status) => maySignIn({ status }))).toEqual([
    UserStatus.PENDING,
    UserStatus.ACTIVE,
  ]);
});
