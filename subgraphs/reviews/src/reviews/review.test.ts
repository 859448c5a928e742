import { describe, expect, it } from 'vitest';
import { mayRead, ReviewStatus, statusOfNew } from './review.js';

describe('a new review', () => {
  it('is published at once when it speaks of the product', () => {
    expect(
      statusOfNew({ title: 'Great', comment: 'Bought 2 for 299.99 in May 2025, both still work.' }),
    ).toBe(ReviewStatus.PUBLISHED);
  });

  it.each([
    'see https://spam.example',
    'cheaper at best-deals.shop',
    'write to me@example.org',
    'call +49 170 123 45 678',
  ])('waits for a moderator when it says %j', (comment) => {
    expect(statusOfNew({ title: null, comment })).toBe(ReviewStatus.PENDING);
  });
});

describe('a review that waits', () => {
  const review = { status: ReviewStatus.PENDING, authorId: 'user_a' };

  it('is seen by its author and by moderators only', () => {
    expect(mayRead(review, { id: 'user_a', isModerator: false })).toBe(true);
    expect(mayRead(review, { id: 'user_b', isModerator: true })).toBe(true);
    expect(mayRead(review, { id: 'user_b', isModerator: false })).toBe(false);
    expect(mayRead(review, { id: null, isModerator: false })).toBe(false);
  });
});
