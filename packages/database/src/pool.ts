import { AsyncResource } from 'node:async_hooks';
import pg from 'pg';
import { silentLog, type DatabaseLog } from './log.js';

/** `transaction` for statements that only open, close or mark a transaction; `query` for everything else. */
export type StatementKind = 'query' | 'transaction';

/** Told that a statement is sent; what it answers is told of the end. */
export type StatementTrace = (text: string) => ((error?: unknown) => void) | undefined;

/** How {@link openPool} connects. */
export interface PoolOptions {
  /** `postgres://user:password@host:port/database?…`; parameters in its query string win over the defaults here. */
  url: string;
  /** Most connections held at once. @default 5 */
  size?: number;
  /** Shown in `pg_stat_activity`. @default 'storegraph' */
  applicationName?: string;
  /** Called once per statement sent, whoever sends it: a store, a transaction or Prisma. Must not throw. */
  onStatement?: (text: string, kind: StatementKind) => void;
  /** Called like `onStatement`; what it answers is called once when the statement is done, with what went wrong if anything. */
  traceStatement?: StatementTrace;
  /** Hears about lost connections. @default silent */
  log?: DatabaseLog;
}

const CONNECT_TIMEOUT_MILLIS = 10_000;
const STATEMENT_TIMEOUT_MILLIS = 15_000;
const ABANDONED_TRANSACTION_MILLIS = 60_000;
const KEEP_ALIVE_AFTER_MILLIS = 30_000;

const TRANSACTION_CONTROL =
  /^\s*(begin|start transaction|commit|end|rollback|abort|savepoint|release|set transaction)\b/i;

/**
 * Open a pool of connections to one database. Nothing connects until the first query; the caller owns the
 * pool and ends it with `await pool.end()`.
 *
 * A statement is cancelled after 15 s and a query waits at most 10 s for a free connection; both reject with
 * pg's error. A connection lost while idle or in use is logged and replaced, it never crashes the process.
 */
export function openPool({
  url,
  size = 5,
  applicationName = 'storegraph',
  onStatement,
  traceStatement,
  log = silentLog,
}: PoolOptions): pg.Pool {
  const Pool = traceStatement ? ContextPool : pg.Pool;
  const pool = new Pool({
    connectionString: url,
    max: size,
    application_name: applicationName,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MILLIS,
    statement_timeout: STATEMENT_TIMEOUT_MILLIS,
    idle_in_transaction_session_timeout: ABANDONED_TRANSACTION_MILLIS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MILLIS,
    ...((onStatement ?? traceStatement) && { Client: reportingClient({ onStatement, traceStatement }) }),
  });
  // pg-pool listens for errors only while a connection is idle; a checked-out one that the server drops
  // would end the process with an unhandled 'error' event.
  pool.on('connect', (client) => {
    client.on('error', (err: Error) => log.warn({ err, applicationName }, 'a database connection was lost'));
  });
  // The pool repeats what the connection's own listener has logged, and throws when nobody listens.
  pool.on('error', () => undefined);
  return pool;
}

/** A `pg.Client` that reports every statement. Subclassed rather than wrapped: the pool, Prisma and stores all end up in `query`. */
function reportingClient({
  onStatement,
  traceStatement,
}: Pick<PoolOptions, 'onStatement' | 'traceStatement'>): new () => pg.Client {
  return class ReportingClient extends pg.Client {
    override query(...args: unknown[]): never {
      const text = statementText(args[0]);
      const send = (...given: unknown[]): unknown => Reflect.apply(super.query, this, given);
      if (text === undefined) return send(...args) as never;
      onStatement?.(text, TRANSACTION_CONTROL.test(text) ? 'transaction' : 'query');
      const done = traceStatement?.(text);
      return (done ? sendAndTell(send, args, done) : send(...args)) as never;
    }
  };
}

/** Sends a statement in either of pg's manners, callback or promise, and tells its end. */
function sendAndTell(
  send: (...args: unknown[]) => unknown,
  args: readonly unknown[],
  done: (error?: unknown) => void,
): unknown {
  const callback = args.at(-1);
  if (typeof callback === 'function')
    return send(...args.slice(0, -1), (error: unknown, ...rest: unknown[]) => {
      done(error);
      Reflect.apply(callback, undefined, [error, ...rest]);
    });
  const answer = send(...args);
  if (answer instanceof Promise)
    answer.then(
      () => done(),
      (error: unknown) => done(error),
    );
  else done();
  return answer;
}

/**
 * A pool whose waiting callers get their connection in their own asynchronous context. pg-pool calls them from whoever
 * gave the connection back, and the statement would count as that one's.
 */
class ContextPool extends pg.Pool {
  override connect(...args: [] | [callback: Parameters<pg.Pool['connect']>[0]]): never {
    const [callback] = args;
    return Reflect.apply(super.connect, this, callback ? [AsyncResource.bind(callback)] : []) as never;
  }
}

function statementText(query: unknown): string | undefined {
  if (typeof query === 'string') return query;
  if (typeof query !== 'object' || query === null || !('text' in query)) return undefined;
  return typeof query.text === 'string' ? query.text : undefined;
}
