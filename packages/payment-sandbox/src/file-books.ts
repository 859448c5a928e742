import { mkdir, open, readFile, rename } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { BooksEntry, BooksStore } from './books.js';

const ANSWER_LIFE_SECONDS = 24 * 3_600;
const EVENT_LIFE_SECONDS = 30 * 24 * 3_600; // Stripe lists events for 30 days

/**
 * Books in one file: a line of JSON per request, so that a process killed in mid-write loses at most the answer
 * it had not sent yet. Opening rewrites the file without replaced rows, answers past 24 hours and events past
 * 30 days, through a temporary file and a rename.
 *
 * The file belongs to one process at a time. `load` throws when a line other than the last is not JSON.
 */
export function createFileBooks(path: string): BooksStore {
  let file: FileHandle | null = null;
  let writing: Promise<void> = Promise.resolve();
  return {
    async load() {
      const entries = compact(await readEntries(path), Math.floor(Date.now() / 1000));
      await rewrite(path, entries);
      file = await open(path, 'a');
      return entries;
    },
    append(entries) {
      const line = `${JSON.stringify(entries)}\n`;
      const write = writing.then(async () => {
        if (!file) throw new Error(`Books ${path} are not open`);
        await file.appendFile(line);
      });
      // One failed write is its caller's to report; the next must still be tried.
      writing = write.catch(() => undefined);
      return write;
    },
    async close() {
      await writing;
      await file?.close();
      file = null;
    },
  };
}

async function readEntries(path: string): Promise<BooksEntry[]> {
  const lines = (await readIfPresent(path)).split('\n');
  // What follows the last line break was cut short by a kill: its request was never answered.
  return lines.slice(0, -1).flatMap((line) => JSON.parse(line) as BooksEntry[]);
}

async function readIfPresent(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

function compact(entries: BooksEntry[], nowSeconds: number): BooksEntry[] {
  const latest = new Map(entries.map((entry) => [`${entry.table}/${entry.row.id}`, entry]));
  return [...latest.values()].filter(({ table, row }) => {
    if (table === 'answer') return row.created > nowSeconds - ANSWER_LIFE_SECONDS;
    if (table === 'event') return row.created > nowSeconds - EVENT_LIFE_SECONDS;
    return true;
  });
}

async function rewrite(path: string, entries: BooksEntry[]): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.new`;
  const file = await open(temporary, 'w');
  try {
    await file.writeFile(entries.map((entry) => `${JSON.stringify([entry])}\n`).join(''));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
}
