import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { CURATED_PRODUCTS, generateCatalogue } from './catalogue.js';
import type { DemoShop } from './demo-data.js';
import { generateDemoShop } from './demo-shop.js';

const shop = generateDemoShop();
const variants = shop.products.flatMap((product) => product.variants);

function fingerprint(value: unknown): string {
  const text = JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? `${part}n` : part));
  return createHash('sha256').update(text).digest('hex');
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}

function expectUnique(values: readonly string[]): void {
  expect(values.filter((value, at) => values.indexOf(value) !== at)).toEqual([]);
}

describe('the demonstration shop', () => {
  it('is large enough to look like a real one', () => {
    expect(shop.products.length).toBe(CURATED_PRODUCTS);
    expect(shop.products.length).toBeGreaterThanOrEqual(320);
    expect(shop.categories.filter(({ depth }) => depth === 0).length).toBeGreaterThanOrEqual(6);
    expect(shop.brands.length).toBeGreaterThanOrEqual(25);
    expect(shop.orders).toHaveLength(150);
    expect(shop.reviews.length).toBeGreaterThan(540);
    expect(shop.reviews.length).toBeLessThan(660);
    expect(shop.people.filter(({ role }) => role === 'customer')).toHaveLength(40);
    expect(shop.people.filter(({ role }) => role === 'staff')).toHaveLength(2);
    expect(shop.sellers).toHaveLength(2);
  });

  it('is the same for the same seed and another for another', () => {
    expect(fingerprint(generateDemoShop())).toBe(fingerprint(shop));
    expect(fingerprint(generateDemoShop({ seed: 'other' }))).not.toBe(fingerprint(shop));
  });

  it('names everything once', () => {
    for (const list of [shop.products, shop.categories, shop.brands, shop.sellers])
      expectUnique(list.map(({ slug }) => slug));
    expectUnique(variants.map(({ sku }) => sku));
    expectUnique(variants.map(({ barcode }) => barcode));
    expectUnique(shop.products.map(({ name }) => name));
    expectUnique(shop.people.map(({ email }) => email));
    expectUnique(shop.products.flatMap(({ pictures }) => pictures.map(({ key }) => key)));
    expectUnique([...shop.orders, ...shop.reviews].map(({ key }) => key));
    expectUnique(shop.reviews.map(({ productSlug, authorEmail }) => `${productSlug} ${authorEmail}`));
  });

  it('refers only to what exists', () => {
    const slugs = new Set(shop.products.map(({ slug }) => slug));
    const skus = new Map(
      shop.products.flatMap((product) => product.variants.map(({ sku }) => [sku, product.slug] as const)),
    );
    const emails = new Set(shop.people.map(({ email }) => email));
    const categories = new Map(shop.categories.map((category) => [category.slug, category]));
    const brands = new Set<string>(shop.brands.map(({ slug }) => slug));
    const sellers = new Map(shop.sellers.map((seller) => [seller.slug, seller]));
    for (const { slug, parentSlug, depth } of shop.categories) {
      expect(parentSlug === null ? 0 : (categories.get(parentSlug)?.depth ?? NaN) + 1, slug).toBe(depth);
    }
    for (const product of shop.products) {
      expect(categories.get(product.categorySlug)?.depth).toBe(2);
      expect(categories.has(product.departmentSlug)).toBe(true);
      expect(brands.has(product.brandSlug)).toBe(true);
      expect(product.sellerSlug === null || sellers.has(product.sellerSlug)).toBe(true);
    }
    for (const { ownerEmail } of shop.sellers)
      expect(shop.people.find(({ email }) => email === ownerEmail)?.role).toBe('seller');
    for (const order of shop.orders) {
      expect(emails.has(order.customerEmail)).toBe(true);
      expect(order.couponCode === null || shop.coupons.some(({ code }) => code === order.couponCode)).toBe(
        true,
      );
      for (const { sku, productSlug } of order.lines) expect(skus.get(sku)).toBe(productSlug);
    }
    const orders = new Map(shop.orders.map((order) => [order.key, order]));
    for (const review of shop.reviews) {
      expect(slugs.has(review.productSlug)).toBe(true);
      for (const email of [review.authorEmail, ...review.helpfulVoterEmails])
        expect(emails.has(email)).toBe(true);
      expect(review.helpfulVoterEmails).not.toContain(review.authorEmail);
      if (review.orderKey === null) continue;
      expect(orders.get(review.orderKey)).toMatchObject({
        customerEmail: review.authorEmail,
        status: 'DELIVERED',
      });
      expect(review.writtenMinutesAgo).toBeLessThan(orders.get(review.orderKey)?.placedMinutesAgo ?? 0);
    }
    const stocked = shop.stock.map(({ sku, warehouseCode }) => `${sku} ${warehouseCode}`);
    expect(new Set(stocked)).toEqual(new Set(variants.flatMap(({ sku }) => [`${sku} EAST`, `${sku} WEST`])));
  });

  it('has believable prices, weights, colours and choices', () => {
    for (const { name, options, variants } of shop.products) {
      expect(variants.length, name).toBeGreaterThanOrEqual(1);
      expect(variants.length, name).toBeLessThanOrEqual(12);
      expectUnique(variants.map(({ optionValues }) => optionValues.join('/')));
      for (const { hex } of options.flatMap(({ values }) => values))
        expect(hex ?? '#000000').toMatch(/^#[0-9a-f]{6}$/);
      for (const variant of variants) {
        expect(variant.optionValues).toHaveLength(options.length);
        expect(variant.priceMinor, name).toBeGreaterThanOrEqual(300n);
        expect(variant.compareAtMinor ?? variant.priceMinor + 1n).toBeGreaterThan(variant.priceMinor);
        expect(variant.weightGrams).toBeGreaterThan(0);
        expect(variant.barcode).toMatch(/^20\d{11}$/);
      }
    }
  });

  it('sells two copper headphones for 619.98', () => {
    const headphones = shop.products.find(({ slug }) => slug === 'aria-wireless-headphones');
    const copper = headphones?.variants.find(({ optionValues }) => optionValues.includes('Copper'));
    const value = headphones?.options[0]?.values.find(({ name }) => name === 'Copper');
    expect(copper).toMatchObject({ basePriceMinor: 29999n, priceMinor: 30999n });
    expect(2n * ((copper?.basePriceMinor ?? 0n) + (value?.priceAdjustmentMinor ?? 0n))).toBe(61998n);
  });

  it('has goods that are gone, nearly gone and plentiful', () => {
    const total = new Map<string, number>();
    for (const { sku, onHand } of shop.stock) total.set(sku, (total.get(sku) ?? 0) + onHand);
    const amounts = [...total.values()];
    expect(amounts.filter((amount) => amount === 0).length).toBeGreaterThan(40);
    expect(amounts.filter((amount) => amount > 0 && amount <= 5).length).toBeGreaterThan(60);
    expect(amounts.filter((amount) => amount > 5).length).toBeGreaterThan(amounts.length * 0.7);
  });

  it('has opinions of every kind, replies from sellers and reviews waiting for a decision', () => {
    expect(new Set(shop.reviews.map(({ rating }) => rating))).toEqual(new Set([1, 2, 3, 4, 5]));
    expect(shop.reviews.filter(({ status }) => status === 'PENDING').length).toBeGreaterThan(5);
    expect(shop.reviews.filter(({ reply }) => reply !== null).length).toBeGreaterThan(5);
    expect(shop.reviews.filter(({ orderKey }) => orderKey !== null).length).toBeGreaterThan(80);
    expect(new Set(shop.orders.map(({ status }) => status)).size).toBe(8);
    expectUnique(shop.reviews.map(({ productSlug, body }) => `${productSlug}: ${body}`));
  });

  it('has no text with gaps in it', () => {
    const texts = textsOf({ ...shop, stock: [] } satisfies DemoShop);
    expect(
      texts.filter((text) => /[{}]|\b(?:undefined|null|NaN|lorem|todo)\b|\s{3}|^\s*$/i.test(text)),
    ).toEqual([]);
    expect(shop.products.filter(({ seo }) => seo.description.length > 160 || seo.title.length > 110)).toEqual(
      [],
    );
    expectUnique(shop.products.map(({ description }) => description));
  });
});

describe('a catalogue for benchmarks', () => {
  it('streams as many products as asked for, each with names of its own', () => {
    const products = [...generateCatalogue({ products: 4000, seed: 'bench' })];
    expect(products).toHaveLength(4000);
    expect(new Set(products.map(({ slug }) => slug)).size).toBe(4000);
    const skus = products.flatMap((product) => product.variants.map(({ sku }) => sku));
    expect(new Set(skus).size).toBe(skus.length);
  });

  it('begins with the same products whatever its length', () => {
    const short = fingerprint([...generateCatalogue({ products: 50, seed: 'bench' })]);
    const long = [...generateCatalogue({ products: 500, seed: 'bench' })].slice(0, 50);
    expect(fingerprint(long)).toBe(short);
  });
});
