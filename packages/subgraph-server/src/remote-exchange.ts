import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher, Pool } from 'undici';
import { SubgraphUnreachable, type UnreachableReason } from './subgraph-unreachable.js';

type Controller = Dispatcher.DispatchController;

/** What is sent, and within which bounds. */
export type Exchange = {
  readonly subgraph: string;
  readonly request: Pick<Dispatcher.DispatchOptions, 'method' | 'path' | 'headers' | 'body'>;
  /** For all of it: waiting for a free connection, connecting, headers and body. */
  readonly withinMillis: number;
  readonly maxAnswerBytes: number;
  readonly signal?: AbortSignal | undefined;
};

/**
 * One request and its whole answer, with a single timer for all of it: `AbortSignal.timeout` and undici's convenience
 * layer cost more than the exchange itself.
 *
 * @throws {SubgraphUnreachable}
 */
export function exchange(pool: Pool, options: Exchange): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const handler = new ExchangeHandler(options, { resolve, reject });
    if (!handler.isOver) pool.dispatch(options.request, handler);
  });
}

class ExchangeHandler implements Dispatcher.DispatchHandler {
  isOver = false;
  private controller: Controller | undefined;
  private readonly chunks: Buffer[] = [];
  private size = 0;
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly options: Exchange,
    private readonly caller: { resolve: (body: Buffer) => void; reject: (error: Error) => void },
  ) {
    const { signal, withinMillis } = options;
    this.timer = setTimeout(this.expire, Math.max(withinMillis, 0));
    if (signal?.aborted) this.abandon();
    else signal?.addEventListener('abort', this.abandon, { once: true });
  }

  onRequestStart(controller: Controller): void {
    // It may have waited for a connection longer than its caller had time.
    if (this.isOver) controller.abort(new Error('over before it began'));
    this.controller = controller;
  }

  onResponseStart(_controller: Controller, status: number, headers: IncomingHttpHeaders): void {
    if (status >= 500) return this.fail('status', new Error(`status ${status}`));
    if (Number(headers['content-length'] ?? 0) > this.options.maxAnswerBytes) this.refuseSize();
  }

  onResponseData(_controller: Controller, chunk: Buffer): void {
    if (this.isOver) return;
    this.size += chunk.length;
    if (this.size > this.options.maxAnswerBytes) return this.refuseSize();
    this.chunks.push(chunk);
  }

  onResponseEnd(): void {
    if (this.isOver) return;
    this.finish();
    const [first] = this.chunks;
    this.caller.resolve(first && this.chunks.length === 1 ? first : Buffer.concat(this.chunks, this.size));
  }

  onResponseError(_controller: Controller, error: Error): void {
    this.fail('connection', error);
  }

  private readonly expire = (): void =>
    this.fail('timeout', new Error(`no answer within ${Math.round(this.options.withinMillis)} ms`));

  private readonly abandon = (): void => this.fail('abandoned', new Error('the caller has gone'));

  private refuseSize(): void {
    this.fail('answer', new Error(`more than ${this.options.maxAnswerBytes} bytes`));
  }

  private fail(reason: UnreachableReason, cause: Error): void {
    if (this.isOver) return;
    this.finish();
    this.caller.reject(new SubgraphUnreachable(this.options.subgraph, { reason, cause }));
    this.controller?.abort(cause);
  }

  private finish(): void {
    this.isOver = true;
    clearTimeout(this.timer);
    this.options.signal?.removeEventListener('abort', this.abandon);
  }
}
