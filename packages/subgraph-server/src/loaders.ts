import DataLoader from 'dataloader';

/**
 * A request-scoped loader of one row per key. Rows come back in any order and may be missing;
 * each key gets its row or `null` (dataloader's two laws: same length, same order).
 */
export function loadOne<Row>(
  find: (keys: readonly string[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
): DataLoader<string, Row | null> {
  return new DataLoader(async (keys) => {
    const rows = new Map((await find(keys)).map((row) => [keyOf(row), row]));
    return keys.map((key) => rows.get(key) ?? null);
  });
}

/** A request-scoped loader of all rows that belong to a key, in the order they were found. */
export function loadMany<Row>(
  find: (keys: readonly string[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
): DataLoader<string, Row[]> {
  return new DataLoader(async (keys) => {
    const groups = new Map<string, Row[]>(keys.map((key) => [key, []]));
    for (const row of await find(keys)) groups.get(keyOf(row))?.push(row);
    return keys.map((key) => groups.get(key) ?? []);
  });
}

/**
 * Loaders for a list field with arguments: calls with equal arguments are batched together.
 * One instance per request; `make` builds the loader for one set of arguments.
 */
export function loadByArguments<Arguments, Value>(
  make: (args: Arguments) => DataLoader<string, Value>,
): (args: Arguments, key: string) => Promise<Value> {
  const loaders = new Map<string, DataLoader<string, Value>>();
  return (args, key) => {
    const signature = JSON.stringify(args, asText);
    const loader = loaders.get(signature) ?? make(args);
    loaders.set(signature, loader);
    return loader.load(key);
  };
}

/** JSON has no whole numbers of any size. */
function asText(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}n` : value;
}
