import { setTimeout as sleep } from 'node:timers/promises';
import { ANONYMOUS, scopesOf, type Role, type Viewer } from '@storegraph/identity';
import type { Engine } from '../execution/engine.js';
import type { AcceptDocument } from '../limits/accept-document.js';
import type { UsedOperation } from './operation-usage.js';

type Planning = { readonly engine: Engine; readonly acceptDocument: AcceptDocument };

/** A plan leaves out what its viewer may not see; these see differently, and nobody else does as far as plans go. */
const VIEWERS: readonly Viewer[] = [ANONYMOUS, somebody('customer'), somebody('staff')];

/** The operations of documents that clients were promised, as each kind of viewer asks them: all of the guests' first. */
export function promisedOperations(sources: Iterable<string>): UsedOperation[] {
  const all = [...sources];
  return VIEWERS.flatMap((viewer) =>
    all.map((source) => ({ source, operationName: undefined, variables: undefined, viewer })),
  );
}

/**
 * Plans operations before anybody asks for them, one in each turn of the event loop. Planning blocks, and requests are at
 * work meanwhile: after each plan they have as long as it took. Costs nobody any points.
 */
export async function planAhead(
  supergraph: Planning,
  operations: Iterable<UsedOperation>,
  signal: AbortSignal,
): Promise<void> {
  let tookMillis = 0;
  for (const operation of operations) {
    await sleep(tookMillis);
    if (signal.aborted) return;
    const startedAt = performance.now();
    planOne(supergraph, operation);
    tookMillis = performance.now() - startedAt;
  }
}

function planOne({ engine, acceptDocument }: Planning, { source, viewer, ...rest }: UsedOperation): void {
  const document = acceptDocument(source);
  if (!('kind' in document)) return;
  try {
    engine.planAhead({ document, ...rest }, viewer);
  } catch {
    // Whoever asks for it will be told why it is refused.
  }
}

function somebody(role: Role): Viewer {
  return { kind: 'user', id: '', role, scopes: scopesOf(role), sessionId: '', sellerId: null };
}
