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

export function loadConfig(env: NodeJS.ProcessEnv) {
  const values = parseEnv(
    'catalog',
    {
      ...serviceSettings(4002, env['NODE_ENV']),
      QUOTE_KEY: secret(env['NODE_ENV']),
      PUBLIC_URL: z.url().default('http://localhost:4000'),
      IMPORT_FOLDER: z.string().default(join(tmpdir(), 'storegraph-imports')),
      SHOP_CURRENCY: z
        .string()
        .regex(/^[A-Z]{3}$/, 'expected an ISO 4217 code such as USD')
        .default('USD'),
    },
    env,
  );
  const { QUOTE_KEY, PUBLIC_URL, IMPORT_FOLDER, SHOP_CURRENCY, ...settings } = values;
  const config: CatalogConfig = {
    quoteKey: QUOTE_KEY,
    publicUrl: PUBLIC_URL,
    importFolder: IMPORT_FOLDER,
    currency: SHOP_CURRENCY,
  };
  return { settings, config };
}
