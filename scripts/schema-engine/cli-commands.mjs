import pg from 'pg';
import { connectionSettings } from './adapter.mjs';

/** Prisma's error codes by PostgreSQL's (or the socket's); the CLI decides by them whether to create a database. */
const CODES = new Map([
  ['3D000', 'P1003'],
  ['28P01', 'P1000'],
  ['28000', 'P1010'],
  ['42P04', 'P1009'],
]);
const NOT_REACHABLE = 'P1001';

/**
 * @param {string | undefined} command
 * @param {string} url
 * @returns {Promise<number>} the exit code
 */
export async function runCliCommand(command, url) {
  // The CLI drops the first line, the binary's greeting.
  logLine('INFO', { message: 'Starting schema engine CLI' });
  try {
    if (command === 'can-connect-to-database') await withClient(connectionSettings(url), () => undefined);
    else if (command === 'create-database') await createDatabase(url);
    else throw new Error(`The schema engine stand-in knows no command "${command}".`);
    return 0;
  } catch (error) {
    logLine('ERROR', { message: error.message, error_code: CODES.get(error.code) ?? NOT_REACHABLE });
    return 1;
  }
}

async function createDatabase(url) {
  const { database, ...server } = connectionSettings(url);
  await withClient({ ...server, database: 'postgres' }, (client) =>
    client.query(`CREATE DATABASE ${client.escapeIdentifier(database)}`),
  );
}

async function withClient(settings, work) {
  const client = new pg.Client({ ...settings, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function logLine(level, fields) {
  process.stderr.write(`${JSON.stringify({ level, fields, target: 'schema_engine::logger' })}\n`);
}
