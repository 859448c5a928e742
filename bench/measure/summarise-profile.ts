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

type ProfileNode = {
  readonly id: number;
  readonly callFrame: CallFrame;
  readonly children?: readonly number[];
};

/** The parts of V8's profile format that are read (Chrome DevTools Protocol, Profiler.Profile). Times in microseconds. */
type Profile = {
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
  readonly startTime: number;
};

type PlaceFinder = (frame: CallFrame) => { source: string; place: string };

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
  const callers = callersOf(profile.nodes);
  const byFunction = new Map<string, number>();
  const bySource = new Map<string, number>();
  for (const node of profile.nodes) {
    const micros = ownTimes.get(node.id);
    const { functionName } = node.callFrame;
    if (micros === undefined || NOT_WORK.has(functionName)) continue;
    add(byFunction, `${functionName || '(anonymous)'} | ${placeOf(node.callFrame).place}`, micros);
    add(bySource, sourceBehind(node, { callers, placeOf }), micros);
  }
  return [
    `| own time | function | where |\n| --- | --- | --- |\n${shares(byFunction, TOP_FUNCTIONS)}`,
    `| own time, with what it has Node do | package or folder |\n| --- | --- |\n${shares(bySource, TOP_SOURCES)}`,
  ].join('\n\n');
}

function callersOf(nodes: readonly ProfileNode[]): ReadonlyMap<number, ProfileNode> {
  return new Map(nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node] as const)));
}

/** The source a function belongs to; for what is Node's own, the source that called it. */
function sourceBehind(
  node: ProfileNode,
  { callers, placeOf }: { callers: ReadonlyMap<number, ProfileNode>; placeOf: PlaceFinder },
): string {
  for (let at: ProfileNode | undefined = node; at; at = callers.get(at.id))
    if (at.callFrame.url.startsWith('file:')) return placeOf(at.callFrame).source;
  return node.callFrame.url || node.callFrame.functionName;
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
function createPlaceFinder(): PlaceFinder {
  const maps = new Map<string, SourceMap | null>();
  const mapOf = (file: string): SourceMap | null => {
    const known = maps.get(file);
    if (known !== undefined) return known;
    const mapFile = `${file}.map`;
    const read = () =>
      JSON.parse(readFileSync(mapFile, 'utf8')) as ConstructorParameters<typeof SourceMap>[0];
    const map = !file.includes('/node_modules/') && existsSync(mapFile) ? new SourceMap(read()) : null;
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
