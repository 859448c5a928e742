import { publish } from '@storegraph/events';
import { ensureBrands } from '../brands/ensure-brands.action.js';
import { ensureCategories } from '../categories/ensure-categories.action.js';
import type { Deps, Transaction } from '../context.js';
import { newsOf } from '../products/product-news.js';
import {
  holdersOfSlugs,
  lockAggregates,
  productsOfSource,
  writeProducts,
} from '../products/write-products.action.js';
import { slugOf } from '../slug.js';
import { takenName } from '../taken-name.js';
import type { Variant } from '../variants/variant.js';
import { holdersOfSkus } from '../variants/write-variants.action.js';
import { addCounts, NOTHING_COUNTED, type ImportCounts, type ImportJob } from './import-job.js';
import { advanceImport, insertIssues } from './import-job.store.js';
import { fileNewsOf } from './import-news.js';
import { fingerprint, IMPORT_SOURCE, planProduct, type PlannedProduct } from './import-plan.js';
import type { ImportedProduct, ImportEntry, RowIssue } from './imported-product.js';

/** Remarks kept of one import, so that a broken file of 100,000 rows stays small; the counts go on. */
const MOST_ISSUES = 5_000;
const MOST_ATTEMPTS = 4;

/** A run whose job another process has taken over; it stops without a word. */
export class ImportTakenOver extends Error {}

type Batch = { readonly entries: readonly ImportEntry[]; readonly before: ImportCounts };

/**
 * Imports some products of a file, what is told about them and how far the import has come: all of it in one
 * transaction, or nothing. Products the file says nothing new about are not touched. A dry run only plans.
 *
 * @returns the counts of the import with this batch
 * @throws {ImportTakenOver} when another process runs the job by now
 */
export async function importBatch(deps: Deps, job: ImportJob, batch: Batch): Promise<ImportCounts> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await deps.prisma.$transaction((tx) => tryBatch(tx, { deps, job, batch }), {
        timeout: 120_000,
        maxWait: 30_000,
      });
    } catch (error) {
      // Somebody took a slug or an SKU between our look and our write: looking again finds them.
      if (!takenName(error) || attempt === MOST_ATTEMPTS) throw error;
    }
  }
}

async function tryBatch(
  tx: Transaction,
  { deps, job, batch }: { deps: Deps; job: ImportJob; batch: Batch },
): Promise<ImportCounts> {
  const products = batch.entries.flatMap((entry) => (entry.kind === 'product' ? [entry.product] : []));
  const known = await productsOfSource(tx, {
    name: IMPORT_SOURCE,
    sellerId: job.sellerId,
    handles: products.map(({ handle }) => handle),
  });
  const hashes = new Map(known.map(({ handle, hash }) => [handle, hash]));
  const news = products.filter((product) => hashes.get(product.handle) !== fingerprint(product));
  const plans = await planAll(tx, news, {
    deps,
    job,
    ids: new Map(known.map((one) => [one.handle, one.id])),
  });
  if (!job.dryRun) await write(tx, plans);
  const issues = [
    ...batch.entries.flatMap((entry) => entry.issues),
    ...plans.flatMap(({ plan }) => plan.issues),
  ];
  const counts = addCounts(batch.before, countsOf(batch.entries, { products, plans, issues }));
  await report(tx, job, { issues, before: batch.before });
  const isOurs = await advanceImport(tx, job, { ...counts, heartbeatAt: deps.now() });
  if (!isOurs) throw new ImportTakenOver();
  return counts;
}

const NO_NAMES = { brands: new Map<string, string>(), categories: new Map<string, string>() };

type Planned = {
  readonly plan: PlannedProduct;
  readonly product: ImportedProduct;
  readonly isNew: boolean;
  readonly variantsBefore: readonly Variant[];
};

async function planAll(
  tx: Transaction,
  products: readonly ImportedProduct[],
  of: { deps: Deps; job: ImportJob; ids: ReadonlyMap<string, string> },
): Promise<Planned[]> {
  if (products.length === 0) return [];
  const { deps, job, ids } = of;
  const now = deps.now();
  const names = job.dryRun ? NO_NAMES : await ensureNames(tx, products, now);
  const existing = products.flatMap(({ handle }) => ids.get(handle) ?? []);
  const before = new Map((await lockAggregates(tx, existing)).map((one) => [one.record.id, one]));
  const slugs = await holdersOfSlugs(
    tx,
    products.map(({ handle }) => handle),
  );
  const skus = await holdersOfSkus(
    tx,
    products.flatMap(({ variants }) => variants.map(({ sku }) => sku)),
  );
  const skuHolders = new Map([...skus].map(([sku, { productId }]) => [sku, productId]));
  return products.map((product) => {
    const aggregate = before.get(ids.get(product.handle) ?? '') ?? null;
    const plan = planProduct(product, {
      before: aggregate,
      brandId: names.brands.get(slugOf(product.vendor ?? '')) ?? null,
      categoryId: names.categories.get(slugOf(product.type ?? '')) ?? null,
      sellerId: job.sellerId,
      currency: deps.currency,
      now,
      slugHolder: slugs.get(product.handle) ?? null,
      skuHolders,
    });
    return { plan, product, isNew: aggregate === null, variantsBefore: aggregate?.variants ?? [] };
  });
}

async function ensureNames(tx: Transaction, products: readonly ImportedProduct[], now: Date) {
  const named = (names: readonly (string | null)[]) =>
    [...new Map(names.filter((name) => name !== null).map((name) => [slugOf(name), name]))].map(
      ([slug, name]) => ({ slug, name }),
    );
  return {
    brands: await ensureBrands(tx, named(products.map(({ vendor }) => vendor)), now),
    categories: await ensureCategories(tx, named(products.map(({ type }) => type)), now),
  };
}

async function write(tx: Transaction, plans: readonly Planned[]): Promise<void> {
  await writeProducts(
    tx,
    plans.map(({ plan }) => plan.change),
  );
  await publish(
    tx,
    ...plans.flatMap(({ plan, product, variantsBefore }) => [
      ...newsOf(plan.change, variantsBefore),
      ...fileNewsOf(plan, product),
    ]),
  );
}

function countsOf(
  entries: readonly ImportEntry[],
  {
    products,
    plans,
    issues,
  }: { products: readonly ImportedProduct[]; plans: readonly Planned[]; issues: readonly RowIssue[] },
): ImportCounts {
  const failed = entries.filter(({ kind }) => kind === 'skipped').length;
  const created = plans.filter(({ isNew }) => isNew).length;
  const errors = issues.filter(({ severity }) => severity === 'error').length;
  return {
    ...NOTHING_COUNTED,
    processed: products.length + failed,
    failed,
    created,
    updated: plans.length - created,
    unchanged: products.length - plans.length,
    variants: products.reduce((sum, { variants }) => sum + variants.length, 0),
    errors,
    warnings: issues.length - errors,
  };
}

async function report(
  tx: Transaction,
  { id }: ImportJob,
  { issues, before }: { issues: readonly RowIssue[]; before: ImportCounts },
): Promise<void> {
  const written = before.errors + before.warnings;
  const room = Math.max(0, MOST_ISSUES - written);
  await insertIssues(
    tx,
    id,
    issues.slice(0, room).map((issue, at) => ({ ...issue, sequence: written + at + 1 })),
  );
}
