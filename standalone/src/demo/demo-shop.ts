import { DEMO_BRANDS } from './brands.js';
import { generateCatalogue } from './catalogue.js';
import { DEMO_CATEGORIES } from './categories.js';
import { DEMO_COUPONS } from './coupons.js';
import type { DemoShop } from './demo-data.js';
import { generateOrders } from './orders.js';
import { generatePeople } from './people.js';
import { generateReviews } from './reviews.js';
import { DEMO_SELLERS } from './sellers.js';
import { DEMO_WAREHOUSES, generateStock } from './stock.js';

export interface DemoShopOptions {
  /** Any text; the same text gives the same shop. @default 'storegraph' */
  seed?: string;
  /** @default every model once */
  products?: number;
  /** @default 150 */
  orders?: number;
  /** @default 600 */
  reviews?: number;
}

/** The whole demonstration shop, in memory. For benchmarks use `generateCatalogue` and `generateStock`, which stream. */
export function generateDemoShop(options: DemoShopOptions = {}): DemoShop {
  const seed = options.seed ?? 'storegraph';
  const products = [...generateCatalogue({ products: options.products, seed })];
  const people = generatePeople(seed);
  const orders = generateOrders(products, people, { count: options.orders ?? 150, seed });
  return {
    currency: 'USD',
    brands: DEMO_BRANDS,
    categories: DEMO_CATEGORIES,
    products,
    sellers: DEMO_SELLERS,
    people,
    warehouses: DEMO_WAREHOUSES,
    stock: [...generateStock(products, seed)],
    orders,
    reviews: generateReviews({ products, people, orders }, { count: options.reviews ?? 600, seed }),
    coupons: DEMO_COUPONS,
  };
}
