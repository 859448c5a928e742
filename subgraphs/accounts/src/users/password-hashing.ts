import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** OWASP Password Storage Cheat Sheet: the least cost of argon2id; 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const CURRENT = `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}$`;

export type PasswordHasher = {
  hash(password: string): Promise<string>;
  /**
   * Whether the password is the one behind the hash. Without a hash, as for an unknown account, it takes the
   * same time and answers `false`.
   */
  verify(hash: string | null, password: string): Promise<boolean>;
};

/**
 * Hashes passwords with argon2id, a few at a time: each takes a core and 19 MiB, and a flood of sign-ins must
 * not starve everyone else.
 *
 * @param options.atOnce hashes computed at the same time
 * @param options.waiting hashes that may wait for their turn
 * @param options.whenFull throws what the caller shall see when no turn is left
 */
export async function createPasswordHasher(options: {
  atOnce: number;
  waiting: number;
  whenFull: () => never;
}): Promise<PasswordHasher> {
  const inTurn = createQueue(options);
  const nobodysHash = await hash(randomBytes(32), COST);

  return {
    hash: (password) => inTurn(() => hash(prepared(password), COST)),
    verify: (storedHash, password) =>
      inTurn(async () => {
        const isRight = await verify(storedHash ?? nobodysHash, prepared(password));
        return isRight && storedHash !== null;
      }),
  };
}

/** Whether the hash was made at another cost than today's and should be made again. */
export function isOutdated(storedHash: string): boolean {
  return !storedHash.startsWith(CURRENT);
}

/** One password, however a keyboard composes its characters (NIST SP 800-63B §3.1.1.2). */
function prepared(password: string): string {
  return password.normalize('NFKC');
}

function createQueue({
  atOnce,
  waiting,
  whenFull,
}: {
  atOnce: number;
  waiting: number;
  whenFull: () => never;
}) {
  const queue: (() => void)[] = [];
  let running = 0;

  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (running < atOnce) running += 1;
    else if (queue.length < waiting) await new Promise<void>((resolve) => queue.push(resolve));
    else whenFull();
    try {
      return await work();
    } finally {
      // The turn passes to the next in line; only without one does it become free.
      const next = queue.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
