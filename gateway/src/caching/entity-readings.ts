/** Whoever waits for longer has too little time left to ask the subgraph, should it not answer. */
const PATIENCE_MILLIS = 1_000; // one second

/** What is being asked of a subgraph about entities of one selection, and what came of it. */
export type EntityReading = {
  /** In epoch milliseconds. */
  readonly startedAt: number;
  /** JSON texts by place in the reading; filled in when it ends. */
  readonly texts: (string | undefined)[];
  /** Resolves when it ends, or when it takes too long to wait for. */
  readonly ended: Promise<void>;
  /** Ends it, for all who wait. */
  end(): void;
};

/** An entity's place in a reading. */
export type Reserved = { readonly reading: EntityReading; readonly place: number };

/** Entities being read, by what will be kept of them. */
export type EntityReadings = {
  /** Who reads the entity, if what they will be told shows everything that happened before now. */
  find(key: string): Reserved | undefined;
  /** Begins to read entities nobody else is reading. */
  start(keys: readonly string[], types: readonly string[]): EntityReading;
  /** Lets nobody else wait for what began before something of these types changed; `null`: of any type. */
  leave(types: ReadonlySet<string> | null): void;
};

export function createEntityReadings(): EntityReadings {
  const reserved = new Map<string, Reserved>();
  const underWay = new Map<EntityReading, readonly string[]>();
  return {
    find(key) {
      const known = reserved.get(key);
      return known && underWay.has(known.reading) ? known : undefined;
    },
    start(keys, types) {
      let settle = () => {};
      const ended = new Promise<void>((resolve) => (settle = resolve));
      const reading: EntityReading = {
        startedAt: Date.now(),
        texts: [],
        ended,
        end() {
          clearTimeout(patience);
          underWay.delete(reading);
          for (const key of keys) if (reserved.get(key)?.reading === reading) reserved.delete(key);
          settle();
        },
      };
      const patience = setTimeout(() => {
        underWay.delete(reading);
        settle();
      }, PATIENCE_MILLIS);
      underWay.set(reading, types);
      keys.forEach((key, place) => reserved.set(key, { reading, place }));
      return reading;
    },
    leave(changed) {
      for (const [reading, types] of underWay)
        if (!changed || types.some((type) => changed.has(type))) underWay.delete(reading);
    },
  };
}
