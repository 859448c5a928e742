import { readFileSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** SQL statements of one turn, by database: what PostgreSQL itself says it was sent. */
export type StatementCount = {
  /** Everything but opening and closing transactions. */
  readonly statements: number;
  /** `BEGIN`, `COMMIT` and their like. */
  readonly transactionControl: number;
  readonly byDatabase: Readonly<Record<string, number>>;
};

const MARK = 'bench';
const LOGGED = new RegExp(`^${MARK}\\|([^|]*)\\|LOG:  (?:statement|execute [^:]*): (.*)$`, 'gm');
const TRANSACTION_CONTROL =
  /^\s*(begin|start transaction|commit|end|rollback|abort|savepoint|release|set transaction)\b/i;
/** Background work, such as looking for expired reservations, is rare enough to disappear in so many turns. */
const SETTLE_MILLIS = 400;

/** Has the server log every statement while some turns are taken, and counts them in its log. */
export async function countStatements(
  server: { readonly url: string; readonly logFile: string },
  turns: { readonly count: number; readonly take: () => Promise<void> },
): Promise<StatementCount> {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  try {
    await configure(client, [
      ['log_statement', "'all'"],
      ['log_line_prefix', `'${MARK}|%d|'`],
    ]);
    const from = statSync(server.logFile).size;
    await turns.take();
    await sleep(SETTLE_MILLIS);
    const log = readFileSync(server.logFile).subarray(from).toString('utf8');
    return countIn(log, turns.count);
  } finally {
    await configure(client, [
      ['log_statement', 'DEFAULT'],
      ['log_line_prefix', 'DEFAULT'],
    ]);
    await client.end();
  }
}

async function configure(client: pg.Client, settings: readonly (readonly [string, string])[]): Promise<void> {
  for (const [name, value] of settings) await client.query(`ALTER SYSTEM SET ${name} = ${value}`);
  await client.query('SELECT pg_reload_conf()');
  await sleep(SETTLE_MILLIS); // backends read the settings when they next wait for a command
}

function countIn(log: string, turns: number): StatementCount {
  let statements = 0;
  let transactionControl = 0;
  const byDatabase: Record<string, number> = {};
  for (const [, database = '', statement = ''] of log.matchAll(LOGGED)) {
    if (/pg_reload_conf|ALTER SYSTEM/.test(statement)) continue;
    if (TRANSACTION_CONTROL.test(statement)) {
      transactionControl += 1;
      continue;
    }
    statements += 1;
    byDatabase[database] = (byDatabase[database] ?? 0) + 1;
  }
  return {
    statements: statements / turns,
    transactionControl: transactionControl / turns,
    byDatabase: Object.fromEntries(Object.entries(byDatabase).map(([name, count]) => [name, count / turns])),
  };
}
