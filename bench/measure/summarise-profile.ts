import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

type CallFrame = {
  readonly functionName: string;
  readonly url: string;
  readonly lineNumber: number;
  readonly columnNumber: number;
};

/** The parts of V8's profile format that are read (Chrome DevTools Protocol, Profiler.Profile). Times in microseconds. */
type Profile = {
  readonly nodes: readonly { readonly id: number; readonly callFrame: CallFrame }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
  readonly startTime: number;
};

/** When something was measured, by the clock that `process.hrtime` and V8 share. */
export type Period = { readonly fromMicros: number; readonly toMicros: number };

const ROOT = resolve(import.meta.dirname, '../..');
const TOP_FUNCTIONS = 40;
const TOP_SOURCES = 25;
const NOT_WORK = new Set(['(idle)', '(root)', '(program)']);

/** The functions and sources that a process spent a period in, by their own time, as Markdown. */
export function summariseProfile(folder: string, { fromMicros, toMicros }: Period): string {
  const file = readdirSync(folder).find((name) => name.endsWith('.cpuprofile'));
  if (!file) return `No profile in ${folder}.`;
  const profile = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Profile;
  const ownTimes = new Map<number, number>();
  let now = profile.startTime;
  profile.samples.forEach((id, index) => {
    const micros = profile.timeDeltas[index] ?? 0;
    now += micros;
    if (now >= fromMicros && now <= toMicros) add(ownTimes, id, micros);
  });

  const placeOf = createPlaceFinder();
  const byFunction = new Map<string, number>();
  const bySource = new Map<string, number>();
  for (const { id, callFrame } of profile.nodes) {
    const micros = ownTimes.get(id);
    if (micros === undefined || NOT_WORK.has(callFrame.functionName)) continue;
    const { source, place } = placeOf(callFrame);
    add(byFunction, `${callFrame.functionName || '(anonymous)'} | ${place}`, micros);
    add(bySource, source, micros);
  }
  return [
    `| own time | function | where |\n| --- | --- | --- |\n${shares(byFunction, TOP_FUNCTIONS)}`,
    `| own time | package or folder |\n| --- | --- |\n${shares(bySource, TOP_SOURCES)}`,
  ].join('\n\n');
}

function shares(times: ReadonlyMap<string, number>, count: number): string {
  const total = [...times.values()].reduce((sum, micros) => sum + micros, 0);
  return [...times]
    .sort(([, one], [, other]) => other - one)
    .slice(0, count)
    .map(([name, micros]) => `| ${((micros / total) * 100).toFixed(1)} % | ${name} |`)
    .join('\n');
}

/** Finds the source a function was written in, through the source map of the bundle it runs from. */
function createPlaceFinder(): (frame: CallFrame) => { source: string; place: string } {
  const maps = new Map<string, SourceMap | null>();
  const mapOf = (file: string): SourceMap | null => {
    const known = maps.get(file);
    if (known !== undefined) return known;
    const mapFile = `${file}.map`;
    const read = () =>
      JSON.parse(readFileSync(mapFile, 'utf8')) as ConstructorParameters<typeof SourceMap>[0];
    const map = file.includes('/dist/main.js') && existsSync(mapFile) ? new SourceMap(read()) : null;
    maps.set(file, map);
    return map;
  };
  return ({ url, lineNumber, columnNumber }) => {
    if (!url.startsWith('file:')) return { source: url || 'native', place: url || 'native' };
    const file = fileURLToPath(url);
    const entry = mapOf(file)?.findEntry(lineNumber, columnNumber);
    const original =
      entry && 'originalSource' in entry
        ? { file: resolve(file, '..', entry.originalSource), line: entry.originalLine }
        : { file, line: lineNumber };
    const path = relative(ROOT, original.file);
    return { source: sourceOf(path), place: `${path.replace('node_modules/', '')}:${original.line + 1}` };
  };
}

function sourceOf(path: string): string {
  const inPackages = /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path);
  return inPackages?.[1] ?? path.split('/').slice(0, 2).join('/');
}

function add<Key>(times: Map<Key, number>, key: Key, micros: number): void {
  times.set(key, (times.get(key) ?? 0) + micros);
}
