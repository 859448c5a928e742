import type { Redis } from 'ioredis';

const RENEW = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2]) end
return 0`;

const GIVE_UP = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end
return 0`;

/** A right that one process holds at a time and loses when it stops renewing. */
export class RedisLease {
  constructor(
    private readonly redis: Redis,
    private readonly key: string,
    private readonly holder: string,
    private readonly leaseMillis: number,
  ) {}

  /** Takes the lease or renews it; answers whether this process holds it now. */
  async hold(): Promise<boolean> {
    const taken = await this.redis.set(this.key, this.holder, 'PX', this.leaseMillis, 'NX');
    if (taken === 'OK') return true;
    return (await this.redis.eval(RENEW, 1, this.key, this.holder, this.leaseMillis)) === 1;
  }

  async giveUp(): Promise<void> {
    await this.redis.eval(GIVE_UP, 1, this.key, this.holder);
  }
}
