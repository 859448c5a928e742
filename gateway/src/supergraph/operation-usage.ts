import type { Viewer } from '@storegraph/identity';

/** An operation as somebody asked it last, enough to plan it again. */
export type UsedOperation = {
  readonly source: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
  readonly viewer: Viewer;
};

export type OperationUsage = {
  note(operation: UsedOperation): void;
  /** The most used first. */
  most(): UsedOperation[];
};

/** Operations that are remembered for sure; up to twice as many are while it is not known which are used most. */
const KEPT = 200;

/** Knows which operations are asked most, in bounded memory and for next to no time. */
export function createOperationUsage(): OperationUsage {
  let used = new Map<string, { operation: UsedOperation; count: number }>();

  const byCount = () => [...used].sort(([, a], [, b]) => b.count - a.count).slice(0, KEPT);

  return {
    note(operation) {
      const known = used.get(operation.source);
      if (known) {
        known.count += 1;
        return;
      }
      if (used.size >= KEPT * 2) used = new Map(byCount());
      used.set(operation.source, { operation, count: 1 });
    },
    most: () => byCount().map(([, { operation }]) => operation),
  };
}
