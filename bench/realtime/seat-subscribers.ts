import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { FromAudience, Heard, ToAudience } from './audience-messages.js';
import type { PlacedOrder } from '../operations/guest.js';

export type Audience = {
  /** Waits for the news of these moves. @throws when they do not come, or come out of order or to the wrong people */
  heard(moved: readonly number[]): Promise<Heard>;
  leave(): Promise<void>;
};

/** Seats subscribers in a process of their own, evenly over the orders; resolves when all of them listen. */
export async function seatSubscribers(options: {
  url: string;
  orders: readonly PlacedOrder[];
  subscribers: number;
}): Promise<Audience> {
  const { orders, subscribers } = options;
  const child = fork(join(import.meta.dirname, 'audience-process.ts'));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const say = async (message: ToAudience): Promise<FromAudience> => {
    const answer = new Promise<FromAudience>((resolve, reject) => {
      child.once('message', resolve);
      child.once('exit', (code) => reject(new Error(`the audience ended with ${code}`)));
    });
    child.send(message);
    const said = await answer;
    if (said.kind === 'failed') throw new Error(said.reason);
    return said;
  };
  const leave = async (): Promise<void> => {
    child.kill();
    await ended;
  };
  try {
    await say({ kind: 'seat', ...options });
  } catch (error) {
    await leave();
    throw error;
  }
  return {
    leave,
    async heard(moved) {
      const listeners = (index: number) => Math.ceil((subscribers - index) / orders.length);
      const events = moved.reduce((sum, index) => sum + Math.max(0, listeners(index)), 0);
      const said = await say({ kind: 'expect', events });
      if (said.kind !== 'heard') throw new TypeError('the audience was seated twice');
      return said.heard;
    },
  };
}
