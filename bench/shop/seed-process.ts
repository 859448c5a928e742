/** Fills an empty data folder with a shop of so many products: `seed-process.ts <folder> <products>`. */
import { join } from 'node:path';
import { seedMedia } from '@storegraph/media/seed';
import { startEmbeddedPostgres } from '@storegraph/database';
import { connectMessaging } from '@storegraph/events';
import { setLogLevel } from '@storegraph/observability';
import type { DemoShop } from '../../standalone/src/demo/demo-data.js';
import { generateDemoShop } from '../../standalone/src/demo/demo-shop.js';
import { DOMAINS, startDomains, type Domains } from '../../standalone/src/domains.js';
import { seedGoods, type SeededGoods } from '../../standalone/src/seed/seed-goods.js';
import { seedOpinions } from '../../standalone/src/seed/seed-opinions.js';
import { seedPeople } from '../../standalone/src/seed/seed-people.js';
import { seedTrade } from '../../standalone/src/seed/seed-trade.js';
import { secretFor } from './secret.js';

const REVIEWS_PER_PRODUCT = 3;
const ORDERS = 500; // what was sold decides the order of the list
/** Nothing sells out while orders are placed by the hundred. */
const PLENTY = 100_000;
/** Pictures are records here: nobody looks at them, so all of them are this one. */
const DRAWING =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8" width="800" height="800"><rect width="8" height="8"/></svg>';

/** Nothing is paid while the shelves are filled, so no provider has to be there. */
const NO_PROVIDER = {
  STRIPE_SECRET_KEY: 'sk_test_nobody',
  STRIPE_PUBLISHABLE_KEY: 'pk_test_nobody',
  STRIPE_WEBHOOK_SECRET: 'whsec_nobody',
  STRIPE_API_URL: 'http://127.0.0.1:9',
};

const [dataDir = '', products = ''] = process.argv.slice(2);
setLogLevel('error');
const server = await startEmbeddedPostgres({ dataDir: join(dataDir, 'postgres') });
const messaging = connectMessaging({ domains: DOMAINS });
const serviceKey = secretFor(dataDir);
const domains = await startDomains({
  serverUrl: server.url,
  messaging,
  serviceKeys: [serviceKey],
  env: {
    ...process.env,
    ...NO_PROVIDER,
    SERVICE_KEY: serviceKey,
    QUOTE_KEY: serviceKey,
    MEDIA_FOLDER: join(dataDir, 'media'),
  },
});
await fill(domains, wellStocked(Number(products)));
for (const { drained } of domains.all) await drained();
await domains.close();
await messaging.close();
await server.stop();

function wellStocked(count: number): DemoShop {
  const shop = generateDemoShop({
    products: count,
    reviews: count * REVIEWS_PER_PRODUCT,
    orders: ORDERS,
    seed: 'bench',
  });
  return { ...shop, stock: shop.stock.map((one) => ({ ...one, onHand: one.onHand > 0 ? PLENTY : 0 })) };
}

async function fill(into: Domains, shop: DemoShop): Promise<void> {
  const now = new Date();
  const people = await seedPeople(into, shop, now);
  const goods = await seedGoods(into, shop, { people, now });
  await seedTrade(into, shop, { goods, now });
  await seedPictureRecords(into, shop, goods);
  await seedOpinions(into, shop, { people, goods, now });
}

async function seedPictureRecords({ media }: Domains, shop: DemoShop, goods: SeededGoods): Promise<void> {
  const picture = { bytes: DRAWING, mimeType: 'image/svg+xml' };
  await seedMedia(media.deps, {
    productImages: shop.products.flatMap(({ slug, pictures }) =>
      pictures.map(({ key, alt }, position) => ({
        ...picture,
        productId: goods.productIds.get(slug) ?? '',
        key,
        position,
        alt,
      })),
    ),
    brandLogos: shop.brands.map(({ slug, name }) => ({
      ...picture,
      brandId: goods.brandIds.get(slug) ?? '',
      key: `logo-${slug}`,
      alt: name,
    })),
  });
}
