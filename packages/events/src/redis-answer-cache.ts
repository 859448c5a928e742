import { millisLeft } from './answer-cache.js';
import type { AnswerCache, KeptAnswer } from './answer-cache.js';
import { connectRedis, DEFAULT_PREFIX, firstAttempt } from './redis-connection.js';
import type { RedisTransportOptions } from './redis-connection.js';

/** Purges are remembered for longer than any answer takes to be read. */
const PURGE_MEMORY_MILLIS = 60_000; // one minute

// Redis' own clock orders look-ups and purges, whoever makes them, and goes on after a restart.
const NOW = `local time = redis.call('time') local now = time[1] * 1000000 + time[2]`;

const FIND = `${NOW}
return { redis.call('get', KEYS[1]) or '', redis.call('get', KEYS[2]) or '0', string.format('%.0f', now) }`;

/** Members of a tag are scored by when they expire, so that dead ones can be dropped. */
const KEEP = `${NOW}
local since, value, ttl = tonumber(ARGV[1]), ARGV[2], tonumber(ARGV[3])
if tonumber(redis.call('get', KEYS[2]) or '0') >= since then return 0 end
for index = 4, #ARGV do
  if tonumber(redis.call('get', ARGV[index] .. ':purged') or '0') >= since then return 0 end
end
redis.call('set', KEYS[1], value, 'PX', ttl)
for index = 4, #ARGV do
  redis.call('zremrangebyscore', ARGV[index], '-inf', now)
  redis.call('zadd', ARGV[index], now + ttl * 1000, KEYS[1])
  redis.call('pexpire', ARGV[index], 3600000)
end
return 1`;

const PURGE = `${NOW}
if not redis.call('set', KEYS[1], '1', 'NX', 'PX', ARGV[1]) then return 0 end
for index = 2, #ARGV do
  for _, key in ipairs(redis.call('zrange', ARGV[index], 0, -1)) do redis.call('del', key) end
  redis.call('del', ARGV[index])
  redis.call('set', ARGV[index] .. ':purged', string.format('%.0f', now), 'PX', ARGV[1])
end
return 1`;

const CLEAR = `${NOW} redis.call('set', KEYS[1], string.format('%.0f', now)) return 1`;

/** What is written before the text, on a line of its own. */
type Header = Omit<KeptAnswer, 'text'> & { readonly writtenAt: number };

/** Answers all processes share. While Redis is away every look-up misses and nothing is kept. */
export function createRedisAnswerCache({
  redisUrl,
  prefix = DEFAULT_PREFIX,
}: RedisTransportOptions): AnswerCache {
  const redis = connectRedis(redisUrl);
  const attempted = firstAttempt(redis);
  const base = `${prefix}:answers`;
  const clearedKey = `${base}:cleared`;
  const keyOf = (key: string): string => `${base}:kept:${key}`;
  const tagOf = (tag: string): string => `${base}:tag:${tag}`;

  return {
    async find(key) {
      await attempted;
      try {
        const reply = (await redis.eval(FIND, 2, keyOf(key), clearedKey)) as [string, string, string];
        return { kept: read(reply[0], Number(reply[1])), since: [Number(reply[2])] };
      } catch {
        return { kept: null, since: [0] };
      }
    },
    async keep(key, answer, [since = 0]) {
      const ttl = Math.floor(millisLeft(answer));
      if (ttl <= 0 || since === 0) return false;
      const value = write(answer, since);
      const tags = answer.tags.map(tagOf);
      const kept = await redis
        .eval(KEEP, 2, keyOf(key), clearedKey, since, value, ttl, ...tags)
        .catch(() => 0);
      return kept === 1;
    },
    async purge(tags, cause) {
      await attempted;
      await redis.eval(PURGE, 1, `${base}:cause:${cause}`, PURGE_MEMORY_MILLIS, ...tags.map(tagOf));
    },
    async clear() {
      await attempted;
      await redis.eval(CLEAR, 1, clearedKey);
    },
    close() {
      redis.disconnect();
      return Promise.resolve();
    },
  };
}

function write({ text, ...rest }: KeptAnswer, writtenAt: number): string {
  return `${JSON.stringify({ ...rest, writtenAt } satisfies Header)}\n${text}`;
}

function read(value: string, clearedAt: number): KeptAnswer | null {
  if (value === '') return null;
  const end = value.indexOf('\n');
  const { writtenAt, ...rest } = JSON.parse(value.slice(0, end)) as Header;
  return writtenAt > clearedAt ? { ...rest, text: value.slice(end + 1) } : null;
}
