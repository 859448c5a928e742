import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seller, staff } from '@storegraph/testkit';
import { openShop, unique, type Shop } from './shop.js';

const MOVE = `mutation ($input: MoveCategoryInput!) { moveCategory(input: $input) {
  ... on MoveCategorySuccess { category { id depth version } } ... on UserError { code path } ... on Conflict { currentVersion } } }`;

describe('categories', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop[Symbol.asyncDispose]());

  const move = async (input: object) => (await shop.ask(MOVE, { input }, staff())).data['moveCategory'];
  const rows = () => shop.deps.prisma.category.findMany({ orderBy: { lft: 'asc' } });

  /** Numbers without gaps or repeats, children within their parents, depths that count the parents. */
  async function requireNestedSet(): Promise<void> {
    const all = await rows();
    const byId = new Map(all.map((one) => [one.id, one]));
    const numbers = all.flatMap(({ lft, rgt }) => [lft, rgt]).sort((left, right) => left - right);
    expect(numbers).toEqual(numbers.map((_, at) => at + 1));
    for (const one of all) {
      expect((one.rgt - one.lft) % 2).toBe(1);
      const parent = one.parentId === null ? null : byId.get(one.parentId);
      expect(one.depth).toBe(parent ? parent.depth + 1 : 0);
      if (parent) expect(parent.lft < one.lft && one.rgt < parent.rgt).toBe(true);
      const around = all.filter((other) => other.lft < one.lft && other.rgt > one.rgt);
      expect(around.at(-1)?.id ?? null).toBe(one.parentId);
    }
  }

  it('shows the tree, the way down and everything below', async () => {
    const top = await shop.category(unique('Top'));
    const middle = await shop.category(unique('Middle'), top);
    const leaf = await shop.category(unique('Leaf'), middle);
    const { data, errors } = await shop.ask(
      `query ($top: ID!, $leaf: ID!) { top: category(id: $top) { depth children { id } subtree { id } parent { id } }
        leaf: category(id: $leaf) { depth ancestors { id } parent { id } children { id } }
        below: categories(parentId: $top, maxDepth: 1) { id } }`,
      { top, leaf },
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      top: { depth: 0, children: [{ id: middle }], subtree: [{ id: middle }, { id: leaf }], parent: null },
      leaf: { depth: 2, ancestors: [{ id: top }, { id: middle }], parent: { id: middle }, children: [] },
      below: [{ id: middle }],
    });
  });

  it('moves a category with everything below it, but not into itself', async () => {
    const from = await shop.category(unique('From'));
    const to = await shop.category(unique('To'));
    const [first, second] = [await shop.category(unique('A'), to), await shop.category(unique('B'), to)];
    const child = await shop.category(unique('Child'), from);
    expect(await move({ id: from, parentId: to, position: 1 })).toEqual({
      category: { id: from, depth: 1, version: 2 },
    });
    const { data } = await shop.ask(`query ($id: ID!) { category(id: $id) { subtree { id depth } } }`, {
      id: to,
    });
    expect(data['category'].subtree).toEqual([
      { id: first, depth: 1 },
      { id: from, depth: 1 },
      { id: child, depth: 2 },
      { id: second, depth: 1 },
    ]);
    expect(await move({ id: to, parentId: child })).toEqual({
      code: 'INVALID_INPUT',
      path: ['input', 'parentId'],
    });
    expect(await move({ id: from, expectedVersion: 1 })).toMatchObject({
      code: 'CONFLICT',
      currentVersion: 2,
    });
  });

  it('stays a nested set whatever moves where, also when several move at once', async () => {
    await shop.deps.prisma.$executeRaw`TRUNCATE categories CASCADE`;
    const ids: string[] = [];
    for (let at = 0; at < 12; at += 1)
      ids.push(await shop.category(unique('Node'), ids[Math.floor(at / 3) - 1]));
    await requireNestedSet();
    const one = fc.record({ node: fc.nat(11), parent: fc.option(fc.nat(11)), position: fc.nat(4) });
    await fc.assert(
      fc.asyncProperty(fc.array(one, { minLength: 1, maxLength: 4 }), async (moves) => {
        await Promise.all(
          moves.map(({ node, parent, position }) =>
            move({ id: ids[node], parentId: parent === null ? null : ids[parent], position }),
          ),
        );
        await requireNestedSet();
      }),
      { numRuns: 40 },
    );
    expect(await rows()).toHaveLength(12);
  });

  it('numbers categories created at the same time one after the other', async () => {
    const parent = await shop.category(unique('Parent'));
    await Promise.all(Array.from({ length: 8 }, () => shop.category(unique('Twin'), parent)));
    await requireNestedSet();
  });

  it('tells about taken slugs, missing parents, and who may not save', async () => {
    const SAVE = `mutation ($input: SaveCategoryInput!) { saveCategory(input: $input) {
      ... on SaveCategorySuccess { category { id name version } } ... on UserError { code path } } }`;
    const save = async (input: object, viewer = staff()) => shop.ask(SAVE, { input }, viewer);
    const slug = unique('slug');
    const { category } = (await save({ name: 'First', slug })).data['saveCategory'];
    expect((await save({ name: 'Second', slug })).data['saveCategory']).toEqual({
      code: 'SLUG_TAKEN',
      path: ['input', 'slug'],
    });
    expect(
      (await save({ name: 'Child', parentId: 'catg_01h2xcejqtf2nbrexx3vqjhp41' })).data['saveCategory'],
    ).toEqual({
      code: 'NOT_FOUND',
      path: ['input', 'parentId'],
    });
    expect(
      (await save({ id: category.id, name: 'Renamed', expectedVersion: 1 })).data['saveCategory'],
    ).toEqual({
      category: { id: category.id, name: 'Renamed', version: 2 },
    });
    expect((await save({ name: 'Mine' }, seller())).code).toBe('FORBIDDEN');
  });

  it('finds products by the new name of their brand', async () => {
    const brandId = await shop.brand(unique('Oldbrand'));
    const product = await shop.product({ brandId });
    const SAVE = `mutation ($input: SaveBrandInput!) { saveBrand(input: $input) {
      ... on SaveBrandSuccess { brand { version products { edges { node { id } } } } } ... on UserError { code } } }`;
    const { data } = await shop.ask(
      SAVE,
      { input: { id: brandId, name: 'Zephyrine', expectedVersion: 1 } },
      staff(),
    );
    expect(data['saveBrand'].brand).toEqual({
      version: 2,
      products: { edges: [{ node: { id: product.id } }] },
    });
    const found = await shop.ask(`{ products(filter: { query: "zephyr" }) { edges { node { id } } } }`);
    expect(found.data['products'].edges).toEqual([{ node: { id: product.id } }]);
    const conflict = await shop.ask(SAVE, { input: { id: brandId, name: 'X', expectedVersion: 1 } }, staff());
    expect(conflict.data['saveBrand']).toEqual({ code: 'CONFLICT' });
  });
});
