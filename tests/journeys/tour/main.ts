import { chooseGoods } from './goods.js';
import { takeTour } from './tour.js';

/** Takes the tour through a running shop: `npm run tour`, or `STOREGRAPH_URL=… npm run tour`. */
const url = process.env['STOREGRAPH_URL'] ?? 'http://localhost:4000';
const startedAt = performance.now();
try {
  const { steps } = await takeTour(url, chooseGoods(process.env), (line) =>
    process.stdout.write(`${line}\n`),
  );
  process.stdout.write(
    `\n${steps.length} steps in ${((performance.now() - startedAt) / 1_000).toFixed(1)} s\n`,
  );
} catch (error) {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
