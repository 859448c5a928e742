import { chown, lchown, mkdir, mkdtemp, readFile, readdir, realpath, stat, symlink } from 'node:fs/promises';
import path from 'node:path';
import { DataDirectoryInvalid } from '../errors.js';

/** Who runs PostgreSQL; empty for the user of this process. PostgreSQL refuses to run as root. */
export interface Account {
  uid?: number;
  gid?: number;
}

/** Where data goes when root starts Storegraph from a folder that only root can enter. */
const DATA_OUT_OF_HOME = '/var/lib/storegraph';
const NOBODY_WHERE_NOT_LISTED = 65534;

/**
 * The account for a data directory, and the directory's real path. A plain user runs PostgreSQL as itself.
 * Root runs it as the owner of the cluster that is there, else as `nobody`; where `nobody` cannot reach
 * `dataDir`, a reachable folder is made and linked from it.
 *
 * @throws DataDirectoryInvalid when the cluster belongs to another user
 */
export async function settleAccount(dataDir: string): Promise<{ account: Account; dataDir: string }> {
  await mkdir(path.dirname(dataDir), { recursive: true });
  const owner = await stat(dataDir).catch(() => undefined);
  const here = owner
    ? await realpath(dataDir)
    : path.join(await realpath(path.dirname(dataDir)), path.basename(dataDir));
  const me = process.getuid?.();
  if (me === undefined) return { account: {}, dataDir: here };
  if (me !== 0) {
    if (owner && owner.uid !== me) throw belongsToAnother(here, owner.uid);
    return { account: {}, dataDir: here };
  }

  const account = owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : await nobody();
  if (await canReach(path.dirname(here), account)) {
    if (owner?.uid === 0) await giveTo(here, account);
    return { account, dataDir: here };
  }
  if (owner)
    throw new DataDirectoryInvalid(
      `PostgreSQL does not run as root, and user ${account.uid} cannot reach ${here}.`,
    );
  return { account, dataDir: await linkElsewhere(here, account) };
}

function belongsToAnother(dataDir: string, uid: number): DataDirectoryInvalid {
  return new DataDirectoryInvalid(
    `${dataDir} belongs to user ${uid}, so this user cannot start its PostgreSQL. ` +
      'Start as the user (or root) that created it, or choose another data folder.',
  );
}

async function nobody(): Promise<Required<Account>> {
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const [, uid, gid] = /^nobody:[^:]*:(\d+):(\d+):/m.exec(passwd) ?? [];
  return { uid: Number(uid ?? NOBODY_WHERE_NOT_LISTED), gid: Number(gid ?? NOBODY_WHERE_NOT_LISTED) };
}

/** Whether an account may enter a folder: every folder on the way has to let it through. */
async function canReach(folder: string, { uid, gid }: Account): Promise<boolean> {
  const { mode, ...owner } = await stat(folder);
  const execute = owner.uid === uid ? 0o100 : owner.gid === gid ? 0o010 : 0o001;
  if ((mode & execute) === 0) return false;
  const parent = path.dirname(folder);
  return parent === folder || canReach(parent, { uid, gid });
}

/** Hand a folder and all in it to an account. */
export async function giveTo(folder: string, { uid, gid }: Account): Promise<void> {
  if (uid === undefined || gid === undefined) return;
  await chown(folder, uid, gid);
  const entries = await readdir(folder, { recursive: true });
  await Promise.all(entries.map((entry) => lchown(path.join(folder, entry), uid, gid)));
}

async function linkElsewhere(dataDir: string, account: Account): Promise<string> {
  await mkdir(DATA_OUT_OF_HOME, { recursive: true, mode: 0o755 });
  const folder = await mkdtemp(path.join(DATA_OUT_OF_HOME, 'postgres-'));
  await giveTo(folder, account);
  await symlink(folder, dataDir);
  return folder;
}
