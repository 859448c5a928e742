import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { MigrationFolderInvalid } from './errors.js';

/** One `<folder>/<name>/migration.sql`. */
export interface MigrationFile {
  name: string;
  sql: string;
  /** Hexadecimal SHA-256 of the file, as Prisma records it. */
  checksum: string;
  /** False when the first line is `-- without transaction`. */
  inTransaction: boolean;
}

/** Every migration of a folder in the order of its names. @throws MigrationFolderInvalid */
export async function readMigrations(folder: string): Promise<MigrationFile[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw new MigrationFolderInvalid(`The migrations folder ${folder} cannot be read.`, { cause });
  });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(names.sort().map((name) => readMigration(folder, name)));
}

async function readMigration(folder: string, name: string): Promise<MigrationFile> {
  const sql = await readFile(path.join(folder, name, 'migration.sql'), 'utf8').catch((cause: unknown) => {
    throw new MigrationFolderInvalid(`Migration "${name}" in ${folder} has no readable migration.sql.`, {
      cause,
    });
  });
  return {
    name,
    sql,
    checksum: sha256(sql),
    inTransaction: !/^\uFEFF?--\s*without transaction\s*$/im.test(firstLine(sql)),
  };
}

/** Whether a recorded checksum is this file's, line endings aside: a checkout on Windows may have changed them. */
export function matchesChecksum({ sql, checksum }: MigrationFile, recorded: string): boolean {
  if (checksum === recorded) return true;
  const unix = sql.replaceAll('\r\n', '\n');
  return sha256(unix) === recorded || sha256(unix.replaceAll('\n', '\r\n')) === recorded;
}

function firstLine(sql: string): string {
  return sql.slice(0, sql.search(/\r?\n|$/));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
