import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { FromLoadProcess, LoadJob, LoadResult, ToLoadProcess } from './load-job.js';

/**
 * Puts one load on a server, from a process of its own.
 *
 * @param onMeasured called when the warm-up is over and again when the last answer is there
 * @throws when an answer was not the expected one
 */
export async function runLoad(job: LoadJob, onMeasured: () => void): Promise<LoadResult> {
  const child = fork(join(import.meta.dirname, 'load-process.ts'));
  const say = (message: ToLoadProcess) => child.send(message);
  try {
    const warm = nextMessage(child);
    say({ kind: 'prepare', job });
    await warm;
    onMeasured();
    const done = nextMessage(child);
    say({ kind: 'go' });
    const message = await done;
    onMeasured();
    if (message.kind !== 'done') throw new TypeError('the load process was warm twice');
    return message.result;
  } finally {
    child.kill();
  }
}

function nextMessage(child: ChildProcess): Promise<FromLoadProcess> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`the load process ended with ${code}`));
    child.once('exit', ended);
    child.once('message', (message: FromLoadProcess) => {
      child.off('exit', ended);
      if (message.kind === 'failed') reject(new Error(message.reason));
      else resolve(message);
    });
  });
}
