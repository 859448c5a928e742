import type { Redis } from 'ioredis';
import type { DomainEvent } from './contract.js';

export interface StreamEntry {
  stream: string;
  entryId: string;
  event: DomainEvent;
}

/** Blocking reads end after this, so that a stopped or deposed reader notices. */
export const BLOCK_MILLIS = 1_000;

const CLAIM_COUNT = 100;

/** One consumer of one group over several streams; replies as entries. */
export class RedisStreamReader {
  constructor(
    /** Blocks while it waits for entries, so nothing else may use it. */
    private readonly blocking: Redis,
    private readonly commands: Redis,
    private readonly identity: { group: string; consumer: string; streams: readonly string[] },
  ) {}

  /** From the beginning of each stream: what was published before the group existed is delivered too. */
  async createGroups(): Promise<void> {
    for (const stream of this.identity.streams) {
      try {
        await this.commands.xgroup('CREATE', stream, this.identity.group, '0', 'MKSTREAM');
      } catch (err) {
        if (!(err instanceof Error) || !err.message.startsWith('BUSYGROUP')) throw err;
      }
    }
  }

  /** Everything delivered to any consumer of the group and not acknowledged, in stream order. */
  async *claimPending(): AsyncGenerator<StreamEntry> {
    for (const stream of this.identity.streams) {
      let cursor = '0-0';
      do {
        const { group, consumer } = this.identity;
        const reply = (await this.commands.call(
          'XAUTOCLAIM',
          ...[stream, group, consumer, '0', cursor, 'COUNT', String(CLAIM_COUNT)],
        )) as [string, RawEntry[]];
        cursor = reply[0];
        yield* toEntries(stream, reply[1]);
      } while (cursor !== '0-0');
    }
  }

  /** New entries, or none after `BLOCK_MILLIS`. Rejects with NOGROUP when Redis came back without its data. */
  async readNew(count: number): Promise<StreamEntry[]> {
    const { group, consumer, streams } = this.identity;
    const reply = (await this.blocking.call(
      'XREADGROUP',
      ...['GROUP', group, consumer, 'COUNT', String(count), 'BLOCK', String(BLOCK_MILLIS)],
      ...['STREAMS', ...streams, ...streams.map(() => '>')],
    )) as [string, RawEntry[]][] | null;
    return (reply ?? []).flatMap(([stream, entries]) => [...toEntries(stream, entries)]);
  }

  async acknowledge(entry: StreamEntry): Promise<void> {
    await this.commands.xack(entry.stream, this.identity.group, entry.entryId);
  }

  async removeConsumer(): Promise<void> {
    for (const stream of this.identity.streams) {
      // Deleting a consumer forgets its pending entries, so only one that has none may go.
      const [pending] = await this.commands.xpending(
        stream,
        this.identity.group,
        ...['-', '+', 1, this.identity.consumer],
      );
      if (pending === undefined) {
        await this.commands.xgroup('DELCONSUMER', stream, this.identity.group, this.identity.consumer);
      }
    }
  }
}

/** Entry id and flat fields; the fields are null when MAXLEN has trimmed a pending entry (Redis 6.2). */
type RawEntry = [entryId: string, fields: string[] | null] | null;

function* toEntries(stream: string, raw: RawEntry[]): Generator<StreamEntry> {
  for (const entry of raw) {
    const json = entry?.[1]?.[1];
    if (entry && json !== undefined)
      yield { stream, entryId: entry[0], event: JSON.parse(json) as DomainEvent };
  }
}
