import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { FromLoadProcess, Slot, SlotResult } from './slot.js';

export type LoadGenerator = {
  /** @throws when an answer is not the expected one, or there is none */
  run(slot: Slot): Promise<SlotResult>;
  stop(): void;
};

export function startLoad(): LoadGenerator {
  const child = fork(join(import.meta.dirname, 'load-process.ts'));
  return {
    run: (slot) =>
      new Promise((resolve, reject) => {
        const ended = (code: number | null) => reject(new Error(`the load process ended with ${code}`));
        child.once('exit', ended);
        child.once('message', (message: FromLoadProcess) => {
          child.off('exit', ended);
          if (message.kind === 'failed') reject(new Error(message.reason));
          else resolve(message.result);
        });
        child.send(slot);
      }),
    stop: () => child.kill(),
  };
}
