import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  DriverAdapterError,
} from '@prisma/driver-adapter-utils';
import pg from 'pg';

/** The internal type `"char"` of the system catalogs, which the adapter does not know. */
const INTERNAL_CHAR_OID = 18;
const TEXT_OID = 25;

/**
 * `@prisma/adapter-pg` for one datasource URL, with what the schema engine needs on top: the type `"char"`,
 * scripts sent whole, and shadow databases that are certain to be the shadow and certain to go.
 *
 * @param {string} url
 */
export function createAdapterFactory(url) {
  const settings = connectionSettings(url);
  const options = { schema: new URL(url).searchParams.get('schema') ?? undefined };
  const connect = async (changes = {}) =>
    teach(await new PrismaPg({ ...settings, ...changes }, options).connect());
  return bindMigrationAwareSqlAdapterFactory({
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: () => connect(),
    connectToShadowDb: () => connectToShadow(connect),
  });
}

/**
 * The URL taken apart: pg lets a connection string win over a `database` beside it, and the shadow
 * connection would end up in the main database.
 *
 * @param {string} url
 */
export function connectionSettings(url) {
  const { host, port, user, password, database, ssl } = new pg.Client({ connectionString: url });
  return { host, port, user, password, database, ssl, application_name: 'prisma schema engine' };
}

async function connectToShadow(connect) {
  const name = `prisma_migrate_shadow_db_${randomUUID()}`;
  const main = await connect();
  await main.executeScript(`CREATE DATABASE "${name}"`);
  const shadow = await connect({ database: name });
  const close = shadow.dispose.bind(shadow);
  shadow.dispose = async () => {
    await close();
    await main.executeScript(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
    await main.dispose();
  };
  return shadow;
}

/** Mend one connected adapter; its own `performIO` is where every statement passes. */
function teach(adapter) {
  const performIO = adapter.performIO.bind(adapter);
  const queryRaw = adapter.queryRaw.bind(adapter);
  const charColumns = new WeakMap();

  adapter.performIO = async (query) => {
    const result = await performIO(query);
    charColumns.set(
      query,
      result.fields.flatMap((field, index) => (field.dataTypeID === INTERNAL_CHAR_OID ? [index] : [])),
    );
    for (const index of charColumns.get(query)) result.fields[index].dataTypeID = TEXT_OID;
    return result;
  };
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const index of charColumns.get(query)) result.columnTypes[index] = ColumnTypeEnum.Character;
    return result;
  };
  // The adapter cuts scripts at every semicolon, those inside function bodies and strings too.
  adapter.executeScript = async (script) => {
    await adapter
      .underlyingDriver()
      .query(script)
      .catch((error) => adapter.onError(error));
  };
  return adapter;
}
