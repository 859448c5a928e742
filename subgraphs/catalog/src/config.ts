import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { parseEnv, secret } from '@storegraph/env';
import { serviceSettings } from '@storegraph/subgraph-server';

/** Settings of the catalog domain beyond those every service has. */
export type CatalogConfig = {
  /** Signs price quotes and links to import reports; at least 32 characters, the same in orders. */
  readonly quoteKey: string;
  /** Where the public door is, for the addresses that files are sent to and fetched from. */
  readonly publicUrl: string;
  /** Holds uploaded files until they are imported. */
  readonly importFolder: string;
  /** ISO 4217 code of the currency new products are priced in. */
  readonly currency: string;
};

const catalogSettings = (nodeEnv: string | undefined) => ({
  QUOTE_KEY: secret(nodeEnv),
  PUBLIC_URL: z.url().default('http://localhost:4000'),
  IMPORT_FOLDER: z.string().default(join(tmpdir(), 'storegraph-imports')),
  SHOP_CURRENCY: z
    .string()
    .regex(/^[A-Z]{3}$/, 'expected an ISO 4217 code such as USD')
    .default('USD'),
});

/** The settings of a catalog process. @throws {InvalidEnvironment} naming every problem */
export function loadConfig(env: NodeJS.ProcessEnv) {
  const settings = parseEnv('catalog', serviceSettings(4002, env['NODE_ENV']), env);
  return { settings, config: readCatalogConfig(env) };
}

/**
 * The domain's own settings, for whoever runs it together with others.
 *
 * @throws {InvalidEnvironment} naming every problem
 */
export function readCatalogConfig(env: NodeJS.ProcessEnv): CatalogConfig {
  const settings = parseEnv('catalog', catalogSettings(env['NODE_ENV']), env);
  return {
    quoteKey: settings.QUOTE_KEY,
    publicUrl: settings.PUBLIC_URL,
    importFolder: settings.IMPORT_FOLDER,
    currency: settings.SHOP_CURRENCY,
  };
}
