import type { ExecutionResult } from 'graphql';

type Path = readonly (string | number)[];

/** An answer in the form in which two of them are compared. */
export type Seen = {
  /** JSON text, so that the order of keys counts. */
  readonly data: string;
  /** Sorted JSON texts. */
  readonly errorPaths: readonly string[];
  /** Where the errors left nulls: the paths as far as there is something. */
  readonly gaps: readonly string[];
};

export function seen({ data, errors = [] }: ExecutionResult): Seen {
  const text = JSON.stringify(data ?? null);
  const paths = errors.map(({ path = [] }) => path);
  const read: unknown = JSON.parse(text);
  return {
    data: text,
    errorPaths: paths.map((path) => JSON.stringify(path)).sort(),
    gaps: paths.map((path) => JSON.stringify(gapAt(path, read))).sort(),
  };
}

function gapAt(path: Path, data: unknown): Path {
  let value = data;
  const isOver = (step: string | number) => {
    value = (value as Record<string, unknown> | null | undefined)?.[step] ?? null;
    return value === null;
  };
  return path.slice(0, path.findIndex(isOver) + 1);
}

/** Whether a client could tell the answers of two executors apart. */
export function differs(one: Seen, other: Seen): boolean {
  return one.data !== other.data || one.errorPaths.join() !== other.errorPaths.join();
}

/**
 * Whether the answer is not the one a single service gives. Of several errors below a value that becomes null, one is
 * enough, whichever; so what counts are the gaps they leave.
 */
export function departs(answer: Seen, truth: Seen): boolean {
  return answer.data !== truth.data || !truth.gaps.every((gap) => answer.gaps.includes(gap));
}
