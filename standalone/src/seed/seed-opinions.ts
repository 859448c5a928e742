import { seedReviews } from '@storegraph/reviews/seed';
import type { DemoShop } from '../demo/demo-data.js';
import type { Domains } from '../domains.js';
import { minutesBefore } from './moments.js';
import type { SeededGoods } from './seed-goods.js';
import type { SeededPeople } from './seed-people.js';

export async function seedOpinions(
  { reviews }: Domains,
  shop: DemoShop,
  { people, goods, now }: { people: SeededPeople; goods: SeededGoods; now: Date },
): Promise<void> {
  const person = (email: string) => required(people.userIds[email], email);
  const product = (slug: string) => required(goods.productIds.get(slug), slug);
  const owners = new Map(
    shop.sellers.map(({ slug, ownerEmail }) => [slug, people.sellerIds[ownerEmail] ?? null]),
  );
  await seedReviews(
    reviews.deps,
    shop.reviews.map((review) => ({
      productId: product(review.productSlug),
      authorId: person(review.authorEmail),
      rating: review.rating,
      title: review.title,
      comment: review.body,
      isVerified: review.orderKey !== null,
      isPending: review.status === 'PENDING',
      writtenAt: minutesBefore(now, review.writtenMinutesAgo),
      helpfulVoterIds: review.helpfulVoterEmails.map(person),
      unhelpfulVoterIds: review.unhelpfulVoterEmails.map(person),
      reply: review.reply && {
        body: review.reply.body,
        at: minutesBefore(now, review.reply.writtenMinutesAgo),
      },
    })),
    new Map(
      shop.products.map(({ slug, sellerSlug }) => [
        product(slug),
        sellerSlug ? (owners.get(sellerSlug) ?? null) : null,
      ]),
    ),
  );
}

function required(id: string | undefined, name: string): string {
  if (!id) throw new Error(`the demonstration data names ${name}, which was not seeded`);
  return id;
}
