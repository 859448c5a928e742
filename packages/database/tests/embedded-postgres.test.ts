import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, lstat, mkdir, mkdtemp, readFile, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  DataDirectoryInvalid,
  DataVersionMismatch,
  openPool,
  PortInUse,
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from '../src/index.js';

let home: string;
beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'sg-postgres-'));
  await chmod(home, 0o755); // as root the server runs as somebody who has to get in
});
afterAll(() => rm(home, { recursive: true, force: true }));

const running = new Set<EmbeddedPostgres>();
async function start(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres(options);
  running.add(server);
  return server;
}
afterEach(async () => {
  await Promise.all([...running].map((server) => server.stop()));
  running.clear();
});

async function ask(url: string, sql: string): Promise<unknown[]> {
  const pool = openPool({ url, size: 1 });
  try {
    return (await pool.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await pool.end();
  }
}

async function isGone(pid: number): Promise<boolean> {
  const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return state === '' || /\) Z/.test(state);
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await sleep(50);
}

/** A separate Node process that starts the server of a data directory. */
async function startElsewhere(dataDir: string) {
  const script = fileURLToPath(new URL('./fixtures/start-and-wait.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, dataDir], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    return { child, server: JSON.parse(line) as { url: string; pid: number; port: number; reused: boolean } };
  }
  throw new Error('the other process ended without starting the server');
}

describe('a data directory that is used again and again', () => {
  const dataDir = () => path.join(home, 'kept');

  test('the first start makes a UTF-8 cluster that syncs to disk and listens on loopback only', async () => {
    const server = await start({ dataDir: dataDir() });
    expect(server.reused).toBe(false);
    expect(server.url).toBe(`postgres://storegraph@127.0.0.1:${server.port}/storegraph`);
    expect(
      await ask(
        server.url,
        `SELECT current_setting('server_encoding') AS encoding, current_setting('fsync') AS fsync,
                current_setting('synchronous_commit') AS commit, current_setting('listen_addresses') AS listens,
                current_setting('unix_socket_directories') AS sockets, current_user AS me`,
      ),
    ).toEqual([
      { encoding: 'UTF8', fsync: 'on', commit: 'on', listens: '127.0.0.1', sockets: '', me: 'storegraph' },
    ]);
    await ask(server.url, 'CREATE TABLE kept (x int)');
    await ask(server.url, 'INSERT INTO kept VALUES (1)');
  });

  test('a later start keeps the data and the port', async () => {
    const first = await start({ dataDir: dataDir() });
    await first.stop();
    const second = await start({ dataDir: dataDir() });
    expect(second).toMatchObject({ port: first.port, reused: false });
    expect(await ask(second.url, 'SELECT x FROM kept')).toEqual([{ x: 1 }]);
  });

  test('moves to another port when its last one was taken meanwhile and none was asked for', async () => {
    const first = await start({ dataDir: dataDir() });
    await first.stop();
    const squatter = createServer().listen(first.port, '127.0.0.1');
    await once(squatter, 'listening');
    const second = await start({ dataDir: dataDir() });
    expect(second.port).not.toBe(first.port);
    squatter.close();
  });

  test('the extensions the shop searches with are there', async () => {
    const { url } = await start({ dataDir: dataDir() });
    for (const name of ['pg_trgm', 'unaccent', 'citext', 'ltree', 'btree_gin']) {
      await ask(url, `CREATE EXTENSION IF NOT EXISTS ${name}`);
    }
    expect(await ask(url, "SELECT unaccent('Crème') AS plain")).toEqual([{ plain: 'Creme' }]);
  });

  test('a server killed outright comes back by itself on the same port with what was committed', async () => {
    const server = await start({ dataDir: dataDir() });
    const pool = openPool({ url: server.url, size: 2 });
    await pool.query('INSERT INTO kept VALUES (2)');
    const killed = server.pid;
    process.kill(killed, 'SIGKILL');
    await until(async () => server.pid !== killed);
    await until(() => pool.query('SELECT 1').then(Boolean, () => false));
    expect((await pool.query('SELECT x FROM kept ORDER BY x')).rows).toEqual([{ x: 1 }, { x: 2 }]);
    await pool.end();
  });

  test('a killed server that its parent has not collected does not keep the next from recovering', async () => {
    const { child, server } = await startElsewhere(dataDir());
    await ask(server.url, 'INSERT INTO kept VALUES (3)');
    // While the parent lives and is stopped, the killed server stays uncollected.
    child.kill('SIGSTOP');
    process.kill(server.pid, 'SIGKILL');
    const next = await start({ dataDir: dataDir() });
    expect(next.reused).toBe(false);
    expect(await ask(next.url, 'SELECT count(*)::int AS rows FROM kept')).toEqual([{ rows: 3 }]);
    child.kill('SIGKILL');
  });

  test('a server whose parent was killed is found again, and stopped by the one who found it', async () => {
    const { child, server } = await startElsewhere(dataDir());
    child.kill('SIGKILL');
    await once(child, 'exit');
    const next = await start({ dataDir: dataDir() });
    expect(next).toMatchObject({ reused: true, pid: server.pid, port: server.port });
    await next.stop();
    expect(await isGone(server.pid)).toBe(true);
  });

  test('a parent that exits takes its server along', async () => {
    const { child, server } = await startElsewhere(dataDir());
    child.stdin.end();
    await once(child, 'exit');
    await until(() => isGone(server.pid));
    expect(await readdir(dataDir())).not.toContain('postmaster.pid');
  });

  test('a pid file that names another living program does not keep it from starting', async () => {
    const first = await start({ dataDir: dataDir() });
    const pidFile = path.join(dataDir(), 'postmaster.pid');
    const lines = (await readFile(pidFile, 'utf8')).split('\n');
    await first.stop();
    await writeFile(pidFile, [process.pid, ...lines.slice(1)].join('\n'), { mode: 0o644 });
    expect((await start({ dataDir: dataDir() })).reused).toBe(false);
  });
});

test('two that start one new data directory at once end up with one server', async () => {
  const dataDir = path.join(home, 'twice');
  const [a, b] = await Promise.all([start({ dataDir }), start({ dataDir })]);
  expect(a.url).toBe(b.url);
  expect(a.pid).toBe(b.pid);
  expect([a.reused, b.reused].sort()).toEqual([false, true]);
  expect((await readdir(home)).filter((name) => name.includes('initialising'))).toEqual([]);
});

test('names the port and the setting when the port asked for is taken', async () => {
  const squatter = createServer().listen(0, '127.0.0.1');
  await once(squatter, 'listening');
  const { port } = squatter.address() as { port: number };
  const refused = start({ dataDir: path.join(home, 'clash'), port });
  await expect(refused).rejects.toThrow(PortInUse);
  await expect(refused).rejects.toThrow(new RegExp(`^Port ${port} is taken .*POSTGRES_PORT`));
  squatter.close();
});

test('starts over after an initdb that was killed half-way', async () => {
  const dataDir = path.join(home, 'interrupted');
  const { child } = await startInterrupted(dataDir);
  child.kill('SIGKILL');
  expect(await readdir(home)).not.toContain('interrupted');
  const server = await start({ dataDir });
  expect(await ask(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

async function startInterrupted(dataDir: string) {
  const script = fileURLToPath(new URL('./fixtures/start-and-wait.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, dataDir], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const prefix = `${path.basename(dataDir)}.initialising-`;
  await until(async () => (await readdir(home)).some((name) => name.startsWith(prefix)));
  return { child };
}

test('leaves alone a folder that is not empty and holds no cluster', async () => {
  const dataDir = path.join(home, 'letters');
  await mkdir(dataDir);
  await writeFile(path.join(dataDir, 'letter.txt'), 'dear');
  await expect(start({ dataDir })).rejects.toThrow(DataDirectoryInvalid);
  expect(await readdir(dataDir)).toEqual(['letter.txt']);
});

test('leaves alone data of another major version and says which', async () => {
  const dataDir = path.join(home, 'older');
  await mkdir(path.join(dataDir, 'global'), { recursive: true });
  await writeFile(path.join(dataDir, 'global', 'pg_control'), '');
  await writeFile(path.join(dataDir, 'PG_VERSION'), '14\n');
  const refused = start({ dataDir });
  await expect(refused).rejects.toThrow(DataVersionMismatch);
  await expect(refused).rejects.toMatchObject({ versions: { found: '14' } });
});

test.runIf(process.getuid?.() === 0)(
  'as root, a folder only root can enter links to data the server can reach',
  async () => {
    const secret = path.join(home, 'secret');
    await mkdir(secret, { mode: 0o700 });
    const dataDir = path.join(secret, 'data');
    const server = await start({ dataDir });
    expect(await ask(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect((await lstat(dataDir)).isSymbolicLink()).toBe(true);
    await server.stop();
    const real = await realpath(dataDir);
    await start({ dataDir });
    expect(await realpath(dataDir)).toBe(real);
    await Promise.all([...running].map((one) => one.stop()));
    await rm(real, { recursive: true });
    await rm(`${real}.log`);
  },
);
