import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { access, mkdir, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { DataDirectoryInvalid, DataVersionMismatch, PostgresStartFailed } from '../errors.js';
import { giveTo, type Account } from './account.js';
import { childSettings } from './child-settings.js';
import type { NativeBinaries } from './native-binaries.js';

const run = promisify(execFile);

/** The superuser of an embedded cluster. Connections from 127.0.0.1 are trusted, and nothing else can connect. */
export const SUPERUSER = 'storegraph';

/** No initdb takes this long: what is older was left by one that was killed. */
const ABANDONED_AFTER_MILLIS = 10 * 60_000;

/** Everything that says which cluster is meant and with what it runs. */
export interface Cluster {
  /** Real path of the data directory. */
  dataDir: string;
  account: Account;
  binaries: NativeBinaries;
}

/**
 * Make sure the data directory holds a whole cluster of the right version. A new one is made beside it and
 * renamed into place, so a data directory is either absent or complete, and of two that try at once one wins
 * and the other uses it.
 *
 * @throws DataVersionMismatch, DataDirectoryInvalid with the directory untouched; PostgresStartFailed
 */
export async function ensureCluster(cluster: Cluster): Promise<void> {
  await removeAbandoned(cluster.dataDir);
  if (!(await isEmpty(cluster.dataDir))) return checkVersion(cluster);

  const aside = `${cluster.dataDir}.initialising-${randomBytes(4).toString('hex')}`;
  try {
    await mkdir(aside, { mode: 0o700 });
    await giveTo(aside, cluster.account);
    await initialise({ ...cluster, dataDir: aside });
    await rename(aside, cluster.dataDir);
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    if (await isEmpty(cluster.dataDir)) throw error;
    await checkVersion(cluster); // another process was first
  }
}

async function initialise({ dataDir, account, binaries }: Cluster): Promise<void> {
  const args = ['-D', dataDir, '-U', SUPERUSER, '-A', 'trust', '-E', 'UTF8', '--locale=C'];
  await run(binaries.initdb, args, childSettings(account)).catch((cause: Error & { stderr?: string }) => {
    throw new PostgresStartFailed(`initdb failed: ${cause.stderr?.trim() || cause.message}`, { cause });
  });
}

async function checkVersion({ dataDir, binaries }: Cluster): Promise<void> {
  const found = await readFile(path.join(dataDir, 'PG_VERSION'), 'utf8').catch(() => undefined);
  const isWhole = await access(path.join(dataDir, 'global', 'pg_control')).then(
    () => true,
    () => false,
  );
  if (found === undefined || !isWhole) {
    throw new DataDirectoryInvalid(
      `${dataDir} is not empty and holds no complete PostgreSQL data. Move it away, or choose another data folder.`,
    );
  }
  if (found.trim() !== binaries.majorVersion) {
    throw new DataVersionMismatch(dataDir, { found: found.trim(), expected: binaries.majorVersion });
  }
}

async function removeAbandoned(dataDir: string): Promise<void> {
  const parent = path.dirname(dataDir);
  for (const name of await readdir(parent)) {
    if (!name.startsWith(`${path.basename(dataDir)}.initialising-`)) continue;
    const { mtimeMs } = await stat(path.join(parent, name));
    if (Date.now() - mtimeMs > ABANDONED_AFTER_MILLIS)
      await rm(path.join(parent, name), { recursive: true, force: true });
  }
}

async function isEmpty(folder: string): Promise<boolean> {
  return readdir(folder).then(
    (names) => names.length === 0,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return true;
      throw new DataDirectoryInvalid(`${folder} cannot be used as a data folder: ${error.message}`, {
        cause: error,
      });
    },
  );
}
