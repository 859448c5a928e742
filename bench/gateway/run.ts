/** Measures what federating costs, beside the gateways others made: `npm run bench:gateway`. See bench/README.md. */
import { writeFileSync } from 'node:fs';
import { memoryOf } from '../measure/cpu-time.js';
import { describeMachine } from '../measure/machine.js';
import { collectAnswers } from './measure/answers.js';
import { openArena } from './measure/arena.js';
import { profileContestants } from './measure/profile-contestants.js';
import type { GatewayBenchResult } from './measure/result.js';
import { takeTurns, warmUp } from './measure/take-turns.js';
import { readOptions, type Options } from './options.js';
import { installPeers } from './peers/install-peers.js';
import { formatResult } from './report/format-result.js';

const options = readOptions(process.argv.slice(2));
installPeers();
if (options.profile) {
  console.log(await profileContestants(options, options.profile));
} else {
  const result = await compare(options);
  console.log(formatResult(result));
  if (options.json) writeFileSync(options.json, `${JSON.stringify(result, null, 2)}\n`);
}

async function compare({ only, questions, rounds, seconds }: Options): Promise<GatewayBenchResult> {
  const machine = describeMachine();
  const arena = await openArena(only);
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void arena.close().then(() => process.exit(1)));
  try {
    const answers = await collectAnswers(arena.contestants, questions);
    console.error('Everyone answers the same. Warming up …');
    await warmUp({ arena, answers }, options);
    const standings = await takeTurns({ arena, answers }, options);
    const contestants = arena.contestants.map(({ pid, contestant: { name, title, subgraphs } }) => ({
      name,
      title,
      subgraphs,
      memory: memoryOf(pid),
    }));
    return { takenAt: new Date().toISOString(), machine, rounds, seconds, contestants, standings };
  } finally {
    await arena.close();
  }
}
