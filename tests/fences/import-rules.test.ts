import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../..');
const CONFIG = join(ROOT, '.dependency-cruiser.cjs');
const CRUISER = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
const FOLDERS = ['packages', 'prisma', 'subgraphs', 'gateway'];

interface Summary {
  totalCruised: number;
  violations: { from: string; rule: { name: string } }[];
}

async function cruise(cwd: string, folders: string[]): Promise<Summary> {
  const call = [CRUISER, '--config', CONFIG, '--output-type', 'json', ...folders];
  // A cruise that finds violations ends with their number; its report is on stdout all the same.
  const { stdout } = await run(process.execPath, call, { cwd, maxBuffer: 64 * 1024 * 1024 }).catch(
    (failure: unknown) => failure as { stdout: string },
  );
  return (JSON.parse(stdout) as { summary: Summary }).summary;
}

describe('import rules', () => {
  const { forbidden } = createRequire(import.meta.url)(CONFIG) as { forbidden: { name: string }[] };
  let broken: Summary;
  beforeAll(async () => {
    broken = await cruise(join(import.meta.dirname, 'broken'), FOLDERS);
  });

  test.each([
    ['rules-stay-pure', 'subgraphs/orders/src/carts/cart.ts'],
    ['resolvers-stay-thin', 'subgraphs/orders/src/carts/cart.resolver.ts'],
    ['only-stores-query', 'subgraphs/orders/src/carts/merge-carts.action.ts'],
    ['a-domain-owns-its-database', 'subgraphs/orders/src/orders/order.store.ts'],
    ['a-store-is-private-to-its-slice', 'subgraphs/orders/src/orders/place-order.action.ts'],
    ['deployables-meet-in-the-schema-and-on-the-bus', 'gateway/src/gateway.ts'],
    ['packages-know-no-deployable', 'packages/money/src/index.ts'],
    ['no-cycles', 'subgraphs/orders/src/orders/order-lifecycle.ts'],
    ['shipped-code-knows-no-tests', 'subgraphs/orders/src/context.ts'],
  ])('%s is reported for %s in the broken tree', (name, from) => {
    expect(broken.violations).toContainEqual(
      expect.objectContaining({ from, rule: expect.objectContaining({ name }) as unknown }),
    );
  });

  test('every rule is broken somewhere in the broken tree', () => {
    const reported = new Set(broken.violations.map((violation) => violation.rule.name));
    expect([...reported].sort()).toEqual(forbidden.map((rule) => rule.name).sort());
  });

  test('the real tree is looked at and holds', async () => {
    const real = await cruise(ROOT, [...FOLDERS, 'standalone']);
    expect(real.totalCruised).toBeGreaterThan(0);
    expect(real.violations).toEqual([]);
  });
});
