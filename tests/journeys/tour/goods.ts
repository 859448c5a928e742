import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Goods } from './tour.js';

const ROOT = resolve(import.meta.dirname, '../../..');

/** A real export of a bicycle shop where there is one beside the repository, otherwise a small file of our own. */
export function chooseGoods(env: NodeJS.ProcessEnv): Goods {
  const real = join(env['SHARED_DATA'] ?? resolve(ROOT, '../shared/data'), 'shopify/bicycles.csv');
  if (existsSync(real)) return { file: real, category: 'handlebars' };
  return { file: join(import.meta.dirname, 'bicycle-parts.csv'), category: 'handlebars' };
}
