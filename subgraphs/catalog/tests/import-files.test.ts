import { createReadStream, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRedisPubSub } from '@storegraph/events';
import { hasRedisServer, OwnRedis, seller } from '@storegraph/testkit';
import { followImport } from '../src/imports/follow-import.action.js';
import type { ImportedProduct } from '../src/imports/imported-product.js';
import { runWaitingImports } from '../src/imports/run-import.action.js';
import { readShopifyProducts } from '../src/imports/shopify-csv.js';
import { mugs, openImportDesk, PROGRESS, type ImportDesk } from './import-desk.js';
import { config, unique } from './shop.js';

const repository = fileURLToPath(new URL('../../../', import.meta.url));
const folder = `${process.env['SHARED_DATA'] ?? `${repository}../shared/data`}/shopify`;
const isPresent = existsSync(folder);

describe('files of products', () => {
  let desk: ImportDesk;
  beforeAll(async () => {
    desk = await openImportDesk();
  });
  afterAll(() => desk.close());

  it('takes a file once at a secret address, and tells how far it is until it is done', async () => {
    const viewer = seller();
    const csv = mugs({ handle: unique('mug'), sku: unique('MUG') });
    const { job, uploadUrl } = await desk.begin(Buffer.byteLength(csv), viewer);
    expect(job).toMatchObject({ status: 'AWAITING_FILE', processed: 0 });
    expect(uploadUrl.startsWith(`${config.publicUrl}/imports/${job.id}?token=`)).toBe(true);
    const progress = await desk.shop.subscribe(PROGRESS, { id: job.id }, viewer);
    expect((await progress.next()).value.data['importProgress']).toMatchObject({ status: 'AWAITING_FILE' });
    expect((await desk.put(uploadUrl.replace(/token=.{4}/, 'token=ABCD'), csv)).statusCode).toBe(403);
    expect((await desk.put(uploadUrl, csv)).statusCode).toBe(202);
    let last: { status: string; created: number } | undefined;
    for await (const { data } of progress) last = data['importProgress'];
    expect(last).toMatchObject({ status: 'DONE', created: 2, total: 2 });
    expect((await desk.put(uploadUrl, csv)).statusCode).toBe(403);
    await runWaitingImports(desk.shop.deps);
    expect(readdirSync(config.importFolder)).toEqual([]);
  });

  it.skipIf(!hasRedisServer)('is followed from where it is, though live news are away', async () => {
    await using redis = await OwnRedis.start();
    const csv = mugs({ handle: unique('mug'), sku: unique('MUG') });
    const { job, uploadUrl } = await desk.begin(Buffer.byteLength(csv));
    const pubsub = createRedisPubSub({ redisUrl: redis.url });
    await redis.kill();
    const progress = followImport({ ...desk.shop.deps, pubsub }, job.id);
    expect((await progress.next()).value).toMatchObject({ status: 'AWAITING_FILE' });
    await desk.put(uploadUrl, csv);
    await runWaitingImports(desk.shop.deps);
    // Nobody told of it: the shop's own news do not go over this Redis.
    expect((await progress.next()).value).toMatchObject({ status: 'DONE', created: 2 });
    expect((await progress.next()).done).toBe(true);
    await pubsub.close();
  });

  it('takes exactly as many bytes as were announced, and lets a broken transfer be repeated', async () => {
    const csv = mugs({ handle: unique('mug'), sku: unique('MUG') });
    const { uploadUrl, job } = await desk.begin(Buffer.byteLength(csv));
    expect((await desk.put(uploadUrl, `${csv}more`)).statusCode).toBe(400);
    expect((await desk.put(uploadUrl, csv.slice(0, -9))).statusCode).toBe(400);
    expect((await desk.put(uploadUrl, csv)).statusCode).toBe(202);
    await runWaitingImports(desk.shop.deps);
    const row = await desk.shop.deps.prisma.importJob.findUniqueOrThrow({ where: { id: job.id } });
    expect(row).toMatchObject({ status: 'DONE', created: 2 });
    expect(await desk.begin(300 * 1024 * 1024)).toMatchObject({
      code: 'INVALID_INPUT',
      path: ['input', 'bytes'],
    });
  });

  it('runs again what a dead process left behind, and gives up when the file is gone', async () => {
    const handle = unique('mug');
    const csv = mugs({ handle, sku: unique('MUG') });
    const [left, lost] = [(await desk.begin(10)).job.id, (await desk.begin(10)).job.id];
    const filePath = join(config.importFolder, 'left-behind.csv');
    writeFileSync(filePath, csv);
    const interrupted = { status: 'RUNNING', attempts: 1, processed: 1, errors: 7 } as const;
    const leave = (id: string, file: { filePath: string; heartbeatAt: Date }) =>
      desk.shop.deps.prisma.importJob.update({ where: { id }, data: { ...interrupted, ...file } });
    const read = (id: string) => desk.shop.deps.prisma.importJob.findUniqueOrThrow({ where: { id } });
    const silent = new Date(Date.now() - 120_000);
    await leave(left, { filePath, heartbeatAt: new Date() });
    await runWaitingImports(desk.shop.deps);
    expect(await read(left)).toMatchObject({ ...interrupted });
    await leave(left, { filePath, heartbeatAt: silent });
    await leave(lost, { filePath: join(config.importFolder, 'gone.csv'), heartbeatAt: silent });
    await runWaitingImports(desk.shop.deps);
    expect(await read(left)).toMatchObject({
      status: 'DONE',
      attempts: 2,
      processed: 2,
      created: 2,
      errors: 0,
    });
    expect(await read(lost)).toMatchObject({
      status: 'FAILED',
      failure: 'The file is gone. Import it again.',
    });
    expect(await desk.product(handle)).toMatchObject({ name: 'Trail Mug' });
  });

  describe.skipIf(!isPresent)(`real files${isPresent ? '' : ` (skipped: there is no ${folder})`}`, () => {
    it.each([
      ['bicycles', 284, 1121],
      ['apparel', 25, 96],
      ['jewelry', 19, 24],
    ])(
      '%s: all %i products and %i variants, as in the file, in ten seconds of work',
      async (name, products, variants) => {
        const path = `${folder}/${name}.csv`;
        const viewer = seller();
        const { uploadUrl, job } = await desk.begin(readFileSync(path).length, viewer);
        const started = process.cpuUsage();
        expect((await desk.put(uploadUrl, createReadStream(path))).statusCode).toBe(202);
        await runWaitingImports(desk.shop.deps);
        // Processor time of this process: a machine busy with other work must not fail it.
        const { user, system } = process.cpuUsage(started);
        expect((user + system) / 1_000).toBeLessThan(10_000);
        const done = await desk.shop.deps.prisma.importJob.findUniqueOrThrow({ where: { id: job.id } });
        expect(done).toMatchObject({
          status: 'DONE',
          processed: products,
          created: products,
          variants,
          errors: 0,
          failed: 0,
        });

        const expected = new Map<string, ImportedProduct>();
        for await (const entry of readShopifyProducts(createReadStream(path)))
          if (entry.kind === 'product') expected.set(entry.product.handle, entry.product);
        const rows = await desk.shop.deps.prisma.product.findMany({
          where: { sellerId: viewer.sellerId },
          include: {
            variants: { orderBy: { position: 'asc' } },
            options: { include: { values: true } },
            brand: true,
            category: true,
          },
        });
        expect(rows).toHaveLength(products);
        expect(rows.reduce((sum, row) => sum + row.variants.length, 0)).toBe(variants);
        for (const row of rows) {
          const file = expected.get(String(row.sourceHandle))!;
          const values = new Map(
            row.options.flatMap((option) => option.values.map(({ id, value }) => [id, value])),
          );
          expect(row).toMatchObject({ name: file.title, tags: file.tags, descriptionHtml: file.bodyHtml });
          expect(row.brand?.name.toLowerCase()).toBe(file.vendor?.toLowerCase());
          expect(row.options.map((option) => option.name).sort()).toEqual(
            file.options.map((option) => option.name).sort(),
          );
          expect(
            row.variants.map((variant) => [
              variant.optionValueIds.map((id) => values.get(id)),
              variant.priceMinor,
              variant.compareAtMinor,
            ]),
          ).toEqual(
            file.variants.map((variant) => [
              variant.optionValues,
              variant.priceMinor,
              variant.compareAtMinor,
            ]),
          );
        }
      },
    );

    it('imports a real file again without touching or announcing anything', async () => {
      const viewer = seller();
      const csv = readFileSync(`${folder}/jewelry.csv`, 'utf8');
      expect(await desk.inline(csv, { viewer })).toMatchObject({ created: 19 });
      const told = (await desk.events()).length;
      expect(await desk.inline(csv, { viewer })).toMatchObject({ created: 0, updated: 0, unchanged: 19 });
      expect(await desk.events()).toHaveLength(told);
    });
  });
});
