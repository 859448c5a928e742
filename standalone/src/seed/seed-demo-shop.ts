import { generateDemoShop } from '../demo/demo-shop.js';
import type { Domains } from '../domains.js';
import type { Progress } from '../progress.js';
import { seedGoods } from './seed-goods.js';
import { seedOpinions } from './seed-opinions.js';
import { seedPast } from './seed-past.js';
import { seedPeople } from './seed-people.js';
import { seedPictures } from './seed-pictures.js';
import { seedTrade } from './seed-trade.js';

/**
 * Fills an empty shop with the demonstration data, domain by domain. Each domain leaves what it already has as it
 * is, so an interrupted first start is completed by the next one.
 */
export async function seedDemoShop(domains: Domains, progress: Progress): Promise<void> {
  if (await isFilled(domains)) return;
  const now = new Date();
  const shop = generateDemoShop();
  const people = await progress('Registering people', () => seedPeople(domains, shop, now));
  const goods = await progress('Filling the shelves', () => seedGoods(domains, shop, { people, now }));
  await progress('Stocking warehouses', () => seedTrade(domains, shop, { goods, now }));
  await progress('Writing the books', () => seedPast(domains, shop, { people, goods, now }));
  await progress('Hanging up pictures', () => seedPictures(domains, shop, { people, goods }));
  await progress('Collecting opinions', () => seedOpinions(domains, shop, { people, goods, now }));
}

/** Opinions come last: a shop that has them was filled to the end. */
async function isFilled({ reviews }: Domains): Promise<boolean> {
  return (await reviews.deps.prisma.review.findFirst({ select: { id: true } })) !== null;
}
