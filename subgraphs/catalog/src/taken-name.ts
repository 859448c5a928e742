/**
 * Which unique index refused a write, and the value it has already. Two writers of the same name pass each other's
 * look before they leap; the index decides, and the loser is told as if it had looked later.
 */
export function takenName(error: unknown): { index: string; value: string } | null {
  const text = error instanceof Error ? `${error.message} ${JSON.stringify(error, detailed)}` : '';
  const index = /unique constraint \\*"(\w+)\\*"/.exec(text)?.[1];
  if (!index) return null;
  return { index, value: /Key \([^)]*\)=\(([^)]*)\)/.exec(text)?.[1] ?? '' };
}

function detailed(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
