import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ContestantName, Surroundings } from '../contestants/contestant.js';
import { buildContestants, CONTESTANTS } from '../contestants/contestants.js';
import { startContestant, type RunningContestant } from '../contestants/start-contestant.js';
import { composeSupergraph } from '../graph/compose.js';
import { startLoad, type LoadGenerator } from '../load/start-load.js';
import { startSubgraphs } from '../subgraphs/start-subgraphs.js';

/** Everything that runs while measurements are taken: all contestants at once, idle but for the one whose turn it is. */
export type Arena = {
  readonly contestants: readonly RunningContestant[];
  readonly load: LoadGenerator;
  close(): Promise<void>;
};

/** @param options.nodeFlagsOf what Node is told for each contestant, such as to profile it */
export async function openArena(
  names: readonly ContestantName[],
  options: { nodeFlagsOf?: (name: ContestantName) => readonly string[] } = {},
): Promise<Arena> {
  await buildContestants();
  const folder = mkdtempSync(join(tmpdir(), 'storegraph-bench-gateway-'));
  const stops: (() => Promise<void> | void)[] = [() => rmSync(folder, { recursive: true, force: true })];
  const close = async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  };
  try {
    const surroundings = await prepareSurroundings(folder, stops);
    const contestants: RunningContestant[] = [];
    for (const name of names) {
      const nodeFlags = options.nodeFlagsOf?.(name) ?? [];
      const running = await startContestant(CONTESTANTS[name], { surroundings, nodeFlags });
      stops.push(() => running.stop());
      contestants.push(running);
    }
    const load = startLoad();
    stops.push(() => load.stop());
    return { contestants, load, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function prepareSurroundings(
  folder: string,
  stops: (() => Promise<void> | void)[],
): Promise<Surroundings> {
  const subgraphs = await startSubgraphs(folder);
  stops.push(() => subgraphs.stop());
  const written = (access: 'guarded' | 'open') => {
    const file = join(folder, `supergraph-${access}.graphql`);
    writeFileSync(file, composeSupergraph(access, subgraphs.urls.http));
    return file;
  };
  return {
    folder,
    urls: subgraphs.urls,
    supergraphFiles: { guarded: written('guarded'), open: written('open') },
  };
}
