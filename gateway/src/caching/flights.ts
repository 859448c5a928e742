import type { ExecutionResult } from 'graphql';

type Flight = { readonly result: Promise<ExecutionResult>; readonly types: readonly string[] };

/** Reads under way, by what will be kept of them. */
export type Flights = {
  /** The read under way for the key, if it shows everything that happened before now. */
  join(key: string): Promise<ExecutionResult> | undefined;
  start(
    key: string,
    types: readonly string[],
    read: () => Promise<ExecutionResult>,
  ): Promise<ExecutionResult>;
  /** Lets nobody else join a read that began before something of these types changed; `null`: of any type. */
  leave(types: ReadonlySet<string> | null): void;
};

export function createFlights(): Flights {
  const underWay = new Map<string, Flight>();
  return {
    join: (key) => underWay.get(key)?.result,
    start(key, types, read) {
      const result = read().finally(() => {
        if (underWay.get(key) === flight) underWay.delete(key);
      });
      const flight: Flight = { result, types };
      underWay.set(key, flight);
      return result;
    },
    leave(types) {
      for (const [key, flight] of underWay)
        if (!types || flight.types.some((type) => types.has(type))) underWay.delete(key);
    },
  };
}
