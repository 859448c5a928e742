import type { Viewer } from '@storegraph/identity';

/** Changes are heard within a fraction of this. */
const BYPASS_MILLIS = 2_000; // two seconds

const REMEMBERED = 10_000;

/** Who has just changed something and is to see it, even before its event has come round. Known to this process only. */
export type Writers = {
  add(viewer: Viewer): void;
  includes(viewer: Viewer): boolean;
};

export function createWriters(): Writers {
  const until = new Map<string, number>();
  return {
    add(viewer) {
      if (viewer.kind !== 'user') return;
      until.delete(viewer.id);
      until.set(viewer.id, Date.now() + BYPASS_MILLIS);
      if (until.size > REMEMBERED) until.delete(until.keys().next().value ?? '');
    },
    includes: (viewer) => viewer.kind === 'user' && (until.get(viewer.id) ?? 0) > Date.now(),
  };
}
