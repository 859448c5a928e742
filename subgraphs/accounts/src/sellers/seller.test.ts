import { describe, expect, it } from 'vitest';
import { rateOf, mayBecome, maySee, SellerStatus, slugOf } from './seller.js';

describe('a slug', () => {
  it.each([
    ['Müller & Söhne', 'muller-sohne'],
    ['  --Blue  Shop!-- ', 'blue-shop'],
    ['100% Café №5', '100-cafe-no5'],
    ['株式会社', ''],
    ['x'.repeat(80), 'x'.repeat(60)],
    [`${'x'.repeat(59)} shop`, 'x'.repeat(59)],
  ])('of %j is %j', (name, slug) => {
    expect(slugOf(name)).toBe(slug);
  });
});

describe('the standings of a seller', () => {
  it('never lead back to an application by decision', () => {
    for (const from of Object.values(SellerStatus)) expect(mayBecome(from, SellerStatus.APPLIED)).toBe(false);
  });

  it('lead out of every standing, and to none twice', () => {
    for (const from of Object.values(SellerStatus)) {
      expect(mayBecome(from, from)).toBe(false);
      expect(Object.values(SellerStatus).some((to) => mayBecome(from, to))).toBe(true);
    }
  });

  it('are seen by services and owners, and by strangers when verified', () => {
    const applicant = { status: SellerStatus.APPLIED, ownerId: 'user_a' };
    expect(maySee(applicant, { kind: 'anonymous' })).toBe(false);
    expect(maySee(applicant, { kind: 'service', name: 'orders' })).toBe(true);
    expect(maySee({ ...applicant, status: SellerStatus.VERIFIED }, { kind: 'anonymous' })).toBe(true);
  });
});

it('shows a share with four decimals', () => {
  expect([0, 1, 1_250, 10_000].map(rateOf)).toEqual(['0.0000', '0.0001', '0.1250', '1.0000']);
});
