import type { DocumentNode } from 'graphql';
import type { GatewayContext } from '../context.js';
import type { Engine, OperationRequest, ReadyOperation } from '../execution/engine.js';
import type { CacheRule } from '../http/graphql-route.js';
import type { AcceptDocument } from '../limits/accept-document.js';
import type { Guard } from '../limits/guard.js';
import type { QuoteOperation } from '../limits/quote.js';
import type { PreparedOperation } from '../planning/prepare-operation.js';
import type { TraitsOf } from '../realtime/subscription-traits.js';
import { loadSupergraph, type LoadedSupergraph } from './load-supergraph.js';
import { createOperationUsage, type OperationUsage } from './operation-usage.js';
import { planAhead, promisedOperations } from './plan-ahead.js';

/** What is built for one supergraph; its caches of documents and plans come and go with it. */
export type OpenedSupergraph = {
  readonly engine: Engine;
  readonly acceptDocument: AcceptDocument;
  readonly traitsOf: TraitsOf;
  readonly guard: Guard;
  readonly quoteOperation: QuoteOperation;
  readonly cacheRule: CacheRule;
};

/**
 * The supergraph of the moment, for readers that need not know that it changes. Functions all the way down: whoever takes
 * it apart, or spreads it, still asks the supergraph of that moment.
 */
export type ServedSupergraph = OpenedSupergraph & {
  /**
   * Serves another supergraph from now on. It is opened beside the old one, and so are planned the operations asked most
   * and the promised documents; the change itself is one assignment. What runs or is subscribed to goes on where it began.
   *
   * @returns `unchanged` when it is the one being served
   * @throws {SupergraphRefused} when it cannot be served; nothing has changed then
   */
  serve(sdl: string): Promise<'served' | 'unchanged'>;
  /** Plans the promised documents, so that the first who sends one finds its plan made. Resolves when all are. */
  warm(): Promise<void>;
  /** Plans nothing ahead any more. */
  close(): void;
};

type Opened = OpenedSupergraph & { readonly sdl: string };

/**
 * Serves one supergraph after another. An operation belongs to the supergraph that accepted its document, however long
 * it takes from there to its answer.
 *
 * @param options.promised the texts of documents that clients will send
 * @throws {SupergraphRefused}
 */
export function serveSupergraph(options: {
  sdl: string;
  open: (supergraph: LoadedSupergraph) => OpenedSupergraph;
  promised: Iterable<string>;
}): ServedSupergraph {
  const open = (sdl: string): Opened => ({ sdl, ...options.open(loadSupergraph(sdl)) });
  let current = open(options.sdl);
  let changing: Promise<unknown> = Promise.resolve();
  const usage = createOperationUsage();
  const promised = promisedOperations(options.promised);
  const closing = new AbortController();

  const change = async (sdl: string): Promise<'served' | 'unchanged'> => {
    if (sdl === current.sdl) return 'unchanged';
    const next = open(sdl);
    await planAhead(next, [...usage.most(), ...promised], closing.signal);
    current = next;
    return 'served';
  };

  return {
    ...routeOperations(() => current, usage),
    serve(sdl) {
      // One after the other: the last that was asked for is the one that stays.
      const changed = changing.then(() => change(sdl));
      changing = changed.catch(() => undefined);
      return changed;
    },
    warm: () => planAhead(current, promised, closing.signal),
    close: () => closing.abort(),
  };
}

/** Takes each operation to the supergraph it belongs to. */
function routeOperations(current: () => Opened, usage: OperationUsage): OpenedSupergraph {
  const accepted = new WeakMap<DocumentNode, { opened: Opened; source: string }>();
  const owners = new WeakMap<PreparedOperation, Opened>();
  const acceptorOf = (document: DocumentNode): Opened => accepted.get(document)?.opened ?? current();
  const ownerOf = ({ prepared }: ReadyOperation): Opened => owners.get(prepared) ?? current();

  const note = ({ document, operationName, variables }: OperationRequest, { viewer }: GatewayContext) => {
    const source = accepted.get(document)?.source;
    if (source !== undefined) usage.note({ source, operationName, variables, viewer });
  };

  return {
    acceptDocument(source) {
      const opened = current();
      const document = opened.acceptDocument(source);
      if ('kind' in document && !accepted.has(document)) accepted.set(document, { opened, source });
      return document;
    },
    cacheRule: (answered) => (answered.ready ? ownerOf(answered.ready) : current()).cacheRule(answered),
    guard: {
      requireOpen: (bill) => current().guard.requireOpen(bill),
      admit: (...operation) => current().guard.admit(...operation),
      settle: (bill) => current().guard.settle(bill),
      chargeRefusal: (bill) => current().guard.chargeRefusal(bill),
    },
    quoteOperation: (...asked) => current().quoteOperation(...asked),
    traitsOf: (ready) => ownerOf(ready).traitsOf(ready),
    engine: {
      get schema() {
        return current().engine.schema;
      },
      ready(request, context) {
        const opened = acceptorOf(request.document);
        const ready = opened.engine.ready(request, context);
        if (!('planned' in ready)) return ready;
        if (!owners.has(ready.prepared)) owners.set(ready.prepared, opened);
        note(request, context);
        return ready;
      },
      run: (ready, ...rest) => ownerOf(ready).engine.run(ready, ...rest),
      planAhead: (request, viewer) => acceptorOf(request.document).engine.planAhead(request, viewer),
    },
  };
}
