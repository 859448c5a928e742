import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { databaseName, parseDatabaseUrl, withDatabase } from './database-url.js';

const DOES_NOT_EXIST = '3D000';
const ALREADY_EXISTS = '42P04';
/** What the loser of two simultaneous CREATE DATABASE gets instead of 42P04. */
const UNIQUE_VIOLATION = '23505';
/** The template is being copied or somebody is connected to it. */
const OBJECT_IN_USE = '55006';

const CONNECT_TIMEOUT_MILLIS = 10_000;
const TEMPLATE_ATTEMPTS = 10;

/**
 * Create the database a URL names unless it is there; safe to call from many processes at once.
 *
 * @returns whether this call created it
 * @throws DatabaseUrlInvalid, or pg's error when the server cannot be reached or refuses
 */
export async function ensureDatabase({ url }: { url: string }): Promise<boolean> {
  if (await exists(url)) return false;
  const name = databaseName(parseDatabaseUrl(url));
  return onMaintenanceDatabase(url, (client) => create(client, name));
}

/**
 * Drop the database a URL names, closing whatever is connected to it; nothing happens when it is not there.
 *
 * @throws DatabaseUrlInvalid, or pg's error when the server cannot be reached or refuses
 */
export async function dropDatabase({ url }: { url: string }): Promise<void> {
  const name = databaseName(parseDatabaseUrl(url));
  await onMaintenanceDatabase(url, async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(name)} WITH (FORCE)`);
  });
}

/** Asked of the database itself first: a role on a managed server may not be let into `postgres`. */
async function exists(url: string): Promise<boolean> {
  const client = newClient(url);
  try {
    await client.connect();
    return true;
  } catch (error) {
    if (codeOf(error) === DOES_NOT_EXIST) return false;
    throw error;
  } finally {
    await client.end();
  }
}

async function create(client: pg.Client, name: string): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
      return true;
    } catch (error) {
      const code = codeOf(error);
      if (code === ALREADY_EXISTS || code === UNIQUE_VIOLATION) return false;
      if (code !== OBJECT_IN_USE || attempt === TEMPLATE_ATTEMPTS) throw error;
      await sleep(attempt * 50);
    }
  }
}

async function onMaintenanceDatabase<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = newClient(withDatabase(parseDatabaseUrl(url), 'postgres'));
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end();
  }
}

function newClient(url: string): pg.Client {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MILLIS });
  // A connection that breaks between two queries surfaces in the next one; without a listener it ends the process.
  client.on('error', () => undefined);
  return client;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
