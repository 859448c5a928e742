/** Measures what shoppers do most, beside the least it could cost: `npm run bench`. See bench/README.md. */
import { writeFileSync } from 'node:fs';
import { openStage, type Stage } from './measure/stage.js';
import { formatResult } from './measure/format-result.js';
import { describeMachine } from './measure/machine.js';
import { profileOperations } from './measure/profile-operations.js';
import { memoryOf } from './measure/cpu-time.js';
import { runOperation } from './measure/run-operation.js';
import type { BenchResult, OperationResult } from './measure/result.js';
import { readOptions } from './options.js';

const options = readOptions(process.argv.slice(2));
const machine = describeMachine();
const stage = await openStage(options);
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void stage.close().then(() => process.exit(1)));
try {
  if (options.profile) console.log(await profileOperations(stage, options));
  else await compare(stage);
} finally {
  await stage.close();
}

async function compare(stage: Stage): Promise<void> {
  const operations: OperationResult[] = [];
  for (const name of options.only) {
    console.error(`Measuring ${name} …`);
    const act = await stage.rehearse(name);
    operations.push(await runOperation(act, stage, options));
  }
  const result: BenchResult = {
    takenAt: new Date().toISOString(),
    machine,
    products: options.products,
    operations,
    warmStartMillis: stage.shop.startMillis,
    memory: memoryOf(stage.shop.pid),
  };
  console.log(formatResult(result));
  if (options.json) writeFileSync(options.json, `${JSON.stringify(result, null, 2)}\n`);
}
