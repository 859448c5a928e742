import { fork } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startShop, type Shop } from './start-shop.js';

/** A running shop and the folder it lives in. */
export type OpenedShop = { readonly shop: Shop; readonly folder: string; close(): Promise<void> };

/**
 * Opens a shop with so many products, on a folder that is removed afterwards unless it was given.
 *
 * @param options.profile where the shop leaves its CPU profile
 */
export async function openShop(options: {
  products: number;
  data: string | null;
  profile: string | null;
  answerCache?: 'off' | 'memory';
}): Promise<OpenedShop> {
  const folder = options.data ?? temporaryFolder();
  const remove = (): void => {
    if (!options.data) rmSync(folder, { recursive: true, force: true });
  };
  try {
    await seedOnce(folder, options.products);
    const { profile, answerCache } = options;
    const shop = await startShop({ dataDir: join(folder, 'data'), profileFolder: profile, answerCache });
    const close = async () => {
      await shop.stop();
      remove();
    };
    return { shop, folder, close };
  } catch (error) {
    remove();
    throw error;
  }
}

/** The server of PostgreSQL, which root starts as another user, has to get through. */
function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'storegraph-bench-'));
  chmodSync(folder, 0o755);
  return folder;
}

async function seedOnce(folder: string, products: number): Promise<void> {
  const done = join(folder, `seeded-${products}`);
  if (existsSync(done)) return;
  mkdirSync(folder, { recursive: true });
  console.error(`Filling a shop with ${products} products …`);
  const child = fork(join(import.meta.dirname, 'seed-process.ts'), [join(folder, 'data'), String(products)]);
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`filling the shop ended with ${code}`);
  writeFileSync(done, '');
}
