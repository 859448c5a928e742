import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { databaseUrl, dropDatabase } from '../../packages/database/src/index.js';
import { postgresForTests } from '../../packages/testkit/src/postgres.js';
import { loadConfig } from '../../standalone/src/config.js';
import { DOMAINS } from '../../standalone/src/domains.js';
import { startStandalone } from '../../standalone/src/standalone.js';
import { OPENING_MILLIS } from './shop/open-shop.js';

test(
  'a shop in one process runs the documents of the manifest it is given, and with ALLOW_LIST=only no others',
  async () => {
    await using place = await ownPlace();
    const documentsFile = join(place.folder, 'documents.json');
    await writeFile(documentsFile, JSON.stringify({ front: '{ __typename products { totalCount } }' }));
    const env = {
      DATABASE_URL: place.databaseUrl,
      DATA_DIR: place.folder,
      IMPORT_FOLDER: join(place.folder, 'imports'),
      DOCUMENTS_FILE: documentsFile,
      ALLOW_LIST: 'only',
      DEMO_DATA: 'false',
      LOG_LEVEL: 'silent',
      PORT: '0',
    };
    const shop = await startStandalone(loadConfig(env), env, { progress: (_what, work) => work() });
    try {
      const ask = async (body: object): Promise<unknown> => {
        const response = await fetch(`${shop.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
        return response.json();
      };
      expect(await ask({ documentId: 'front' })).toEqual({
        data: { __typename: 'Query', products: { totalCount: 0 } },
      });
      expect(await ask({ query: '{ products { totalCount } }' })).toMatchObject({
        errors: [{ extensions: { code: 'DOCUMENT_NOT_TRUSTED' } }],
      });
    } finally {
      await shop.close();
    }
  },
  OPENING_MILLIS,
);

async function ownPlace() {
  const base = new URL(await postgresForTests());
  base.pathname = `/test_documents_${randomBytes(5).toString('hex')}`;
  const folder = await mkdtemp(join(tmpdir(), 'storegraph-documents-'));
  return {
    databaseUrl: base.href,
    folder,
    async [Symbol.asyncDispose]() {
      await Promise.all(DOMAINS.map((domain) => dropDatabase({ url: databaseUrl(base.href, domain) })));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
