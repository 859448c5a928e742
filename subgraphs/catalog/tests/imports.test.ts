import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '@storegraph/identity';
import { newId } from '@storegraph/ids';
import { guest, seller, shopper, staff } from '@storegraph/testkit';
import { HEADER, INLINE, mugs, openImportDesk, PROGRESS, type ImportDesk } from './import-desk.js';
import { config, unique } from './shop.js';

describe('imports', () => {
  let desk: ImportDesk;
  beforeAll(async () => {
    desk = await openImportDesk();
  });
  afterAll(() => desk.close());

  it('makes products of a file, with brand, category, options, prices and everything others need to know', async () => {
    const [handle, sku] = [unique('mug'), unique('MUG')];
    const earlier = (await desk.events()).length;
    const job = await desk.inline(mugs({ handle, sku }));
    expect(job).toMatchObject({
      status: 'DONE',
      total: 2,
      processed: 2,
      failed: 0,
      created: 2,
      variants: 3,
      errors: 0,
    });
    const mug = await desk.product(handle);
    expect(mug).toMatchObject({
      name: 'Trail Mug',
      status: 'ACTIVE',
      description: '<p>Keeps <b>warm</b></p>',
      tags: ['camp', 'gift'],
      inStock: true,
      seo: { title: 'A mug' },
      seller: null,
      brand: { name: 'Peak & Co' },
      category: { name: 'Mugs' },
      options: [{ name: 'Size', values: [{ value: '350 ml' }, { value: '500 ml' }] }],
    });
    expect(mug.variants.edges.map((edge: { node: object }) => edge.node)).toMatchObject([
      {
        sku: `${sku}-S`,
        name: '350 ml',
        weightGrams: 300,
        price: { amount: '12.50' },
        compareAtPrice: { amount: '15.00' },
      },
      { sku: `${sku}-L`, name: '500 ml', weightGrams: 400, price: { amount: '14.00' }, compareAtPrice: null },
    ]);
    expect(await desk.product(`${handle}-lid`)).toMatchObject({ status: 'DRAFT', options: [] });
    const told = (await desk.events()).slice(earlier);
    const count = (type: string) => told.filter((event) => event.type === type).length;
    expect([
      count('product.saved'),
      count('price.changed'),
      count('inventory.imported'),
      count('image.recorded'),
    ]).toEqual([2, 3, 2, 1]);
    const [small, large] = mug.variants.edges.map((edge: { node: { id: string } }) => edge.node.id);
    const inventory = told.find(
      (event) => event.type === 'inventory.imported' && event.aggregateId === mug.id,
    );
    expect(inventory?.data).toEqual({
      rows: [
        { variantId: small, sku: `${sku}-S`, quantity: 5, policy: 'deny' },
        { variantId: large, sku: `${sku}-L`, quantity: 0, policy: 'deny' },
      ],
    });
  });

  it('touches and announces nothing when the same file comes again', async () => {
    const csv = mugs({ handle: unique('mug'), sku: unique('MUG') });
    await desk.inline(csv);
    const [told, before] = [await desk.events(), await desk.shop.deps.prisma.product.findMany()];
    expect(await desk.inline(csv)).toMatchObject({ created: 0, updated: 0, unchanged: 2, processed: 2 });
    expect(await desk.events()).toHaveLength(told.length);
    expect(await desk.shop.deps.prisma.product.findMany()).toEqual(before);
  });

  it('changes only what a new file says differently', async () => {
    const [handle, sku] = [unique('mug'), unique('MUG')];
    await desk.inline(mugs({ handle, sku }));
    const [before, told] = [await desk.product(handle), (await desk.events()).length];
    expect(await desk.inline(mugs({ handle, sku, price: '11.00' }))).toMatchObject({
      updated: 1,
      unchanged: 1,
    });
    const after = await desk.product(handle);
    expect(after.version).toBe(before.version + 1);
    expect(after.variants.edges[0].node).toMatchObject({
      id: before.variants.edges[0].node.id,
      price: { amount: '11.00' },
    });
    // A new price says nothing about stock: orders must not set it back to what the file once counted.
    expect((await desk.events()).slice(told).map(({ type }) => type)).toEqual([
      'product.saved',
      'price.changed',
    ]);
    await desk.inline(mugs({ handle, sku, price: '11.00', quantity: 9 }));
    expect((await desk.events()).slice(told + 2).map(({ type }) => type)).toEqual([
      'product.saved',
      'inventory.imported',
    ]);
  });

  it('withdraws variants a file no longer has, and keeps them for old orders', async () => {
    const [handle, sku] = [unique('mug'), unique('MUG')];
    const lines = mugs({ handle, sku }).split('\n');
    await desk.inline(lines.join('\n'));
    await desk.inline(lines.filter((line) => !line.includes(`${sku}-L`)).join('\n'));
    expect(
      (await desk.product(handle)).variants.edges.map((edge: { node: { sku: string } }) => edge.node.sku),
    ).toEqual([`${sku}-S`]);
    const { data } = await desk.shop.ask(
      `query ($all: [_Any!]!) { _entities(representations: $all) { ... on ProductVariant { sku active } } }`,
      { all: [{ __typename: 'ProductVariant', sku: `${sku}-L` }] },
    );
    expect(data['_entities']).toEqual([{ sku: `${sku}-L`, active: false }]);
  });

  it('only says what it would do on a dry run', async () => {
    const handle = unique('mug');
    const csv = mugs({ handle, sku: unique('MUG') }).replaceAll('Peak & Co', unique('Brand'));
    const before = [await desk.events(), await desk.shop.deps.prisma.brand.count()];
    expect(await desk.inline(csv, { dryRun: true })).toMatchObject({
      status: 'DONE',
      dryRun: true,
      created: 2,
      variants: 3,
    });
    expect(await desk.product(handle)).toBeNull();
    expect([await desk.events(), await desk.shop.deps.prisma.brand.count()]).toEqual(before);
  });

  it('reports each bad row and imports the good ones', async () => {
    const handle = unique('bad');
    const job = await desk.inline(`${HEADER}
${handle},Good,,V,T,,true,Size,S,${unique('S')},1,,0,deny,5.00,,,
${handle},,,,,,,,M,${unique('M')},1,,0,deny,five,,,
${handle}-2,,,V,T,,true,Title,Default Title,${unique('X')},1,,0,deny,5.00,,,
too,few,cells
`);
    expect(job).toMatchObject({
      status: 'DONE',
      processed: 2,
      failed: 1,
      created: 1,
      variants: 1,
      errors: 3,
    });
    const codes = job.issues.edges.map((edge: { node: { row: number; code: string } }) => [
      edge.node.row,
      edge.node.code,
    ]);
    expect(codes.sort()).toEqual([
      [3, 'INVALID_PRICE'],
      [4, 'MISSING_TITLE'],
      [5, 'RAGGED_ROW'],
    ]);
    expect(await desk.inline('Nothing,Useful\n1,2\n')).toMatchObject({
      status: 'DONE',
      processed: 0,
      errors: 3,
    });
  });

  it('gives two sellers of the same handle and SKU a product each', async () => {
    const [ada, ben] = [seller(), seller()];
    const [handle, sku] = [unique('mug'), unique('MUG')];
    const first = await desk.inline(mugs({ handle, sku }), { viewer: ada });
    const second = await desk.inline(mugs({ handle, sku }), { viewer: ben });
    expect([first.created, second.created, second.warnings]).toEqual([2, 2, 3]);
    expect(second.issues.edges[0].node).toMatchObject({ code: 'SKU_TAKEN', severity: 'warning' });
    expect((await desk.product(handle)).seller).toEqual({ id: ada.sellerId });
    const owned = await desk.shop.deps.prisma.product.findMany({ where: { sellerId: ben.sellerId } });
    expect(owned.map(({ sourceHandle }) => sourceHandle).sort()).toEqual([handle, `${handle}-lid`]);
    expect(await desk.inline(mugs({ handle, sku }), { viewer: ben })).toMatchObject({ unchanged: 2 });
  });

  it('shows imports and their reports to staff and to who imports, and to nobody else', async () => {
    const owner = seller();
    const { job } = await desk.begin(10, owner);
    const READ = `query ($id: ID!) { importJob(id: $id) { id } }`;
    const read = async (viewer: Viewer) => desk.shop.ask(READ, { id: job.id }, viewer);
    expect((await read(owner)).data['importJob']).toEqual({ id: job.id });
    expect((await read(staff())).data['importJob']).toEqual({ id: job.id });
    expect((await read(seller())).data['importJob']).toBeNull();
    expect((await read(shopper())).code).toBe('FORBIDDEN');
    expect((await read(guest)).code).toBe('UNAUTHENTICATED');
    expect((await desk.shop.ask(INLINE, { input: { csv: 'x' } }, shopper())).code).toBe('FORBIDDEN');
    const foreign = await desk.shop.subscribe(PROGRESS, { id: job.id }, seller());
    expect((await foreign.next()).value.code).toBe('NOT_FOUND');
    const report = await desk.app.inject(job.issuesUrl.replace(config.publicUrl, ''));
    expect(report.statusCode).toBe(200);
    expect(report.body).toBe('Row,Line,Handle,Column,Severity,Code,Message\r\n');
    const other = job.issuesUrl.replace(config.publicUrl, '').replace(job.id, newId('importJob'));
    expect((await desk.app.inject(other)).statusCode).toBe(403);
  });
});
