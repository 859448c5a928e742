import {
  ANONYMOUS,
  type ClientDevice,
  type IssuedProof,
  type ProofSigner,
  type Viewer,
} from '@storegraph/identity';
import { createInsight, type OperationInsight } from './insight/operation-insight.js';
import { openBill, type Bill } from './limits/bill.js';
import { spenderOf } from './limits/spender.js';

/** What one operation carries through the gateway. */
export type GatewayContext = {
  readonly viewer: Viewer;
  /** Everything about the asker that an answer may depend on, as text. */
  readonly identity: string;
  readonly correlationId: string;
  /** When the client stops waiting, in epoch milliseconds. */
  readonly deadlineAt: number;
  /** What is learnt about the operation while it is answered. */
  readonly insight: OperationInsight;
  /** Whether the client asks not to be given a kept answer (RFC 9111 §5.2.1.4, `no-cache`). Heeded for staff. */
  readonly wantsFresh: boolean;
  /** Set once a kept answer was given: how old it is, in seconds. */
  ageSeconds?: number;
  /** Set once kept entities went into the answer: when the oldest of them was read, in epoch milliseconds. */
  entitiesSince?: number;
  /** What it costs, and whom. */
  readonly bill: Bill;
  /** The proof of origin for subgraphs, issued at the first fetch and shared by all fetches of the operation. */
  proof(): IssuedProof;
  /** The same request on nobody's behalf: what comes of it may be shown to everyone. */
  asNobody(): GatewayContext;
};

let unsharedRuns = 0;

/** The same request with an identity nobody else has: it joins no other run, which may have begun too early. */
export function unshared(context: GatewayContext): GatewayContext {
  unsharedRuns += 1;
  return { ...context, identity: `unshared ${unsharedRuns}` };
}

const NO_DEVICE: ClientDevice = { address: null, userAgent: null };

export function createContext(options: {
  viewer: Viewer;
  device: ClientDevice;
  correlationId: string;
  timeoutMillis: number;
  signProof: ProofSigner;
  /** The value of the header by which staff ask for the plan. */
  trace?: string | undefined;
  /** @default false */
  wantsFresh?: boolean;
  /** The name of the API key the client showed. */
  apiKey?: string | undefined;
}): GatewayContext {
  const { viewer, device, correlationId, signProof, wantsFresh = false } = options;
  const deadlineAt = Date.now() + options.timeoutMillis;
  const insight = createInsight({ viewer, trace: options.trace });
  const bill = openBill(spenderOf({ viewer, device, apiKey: options.apiKey }));
  let nobody: GatewayContext | undefined;
  const asNobody = () => (nobody ??= behalfOf(ANONYMOUS, NO_DEVICE));
  const behalfOf = (whom: Viewer, whose: ClientDevice): GatewayContext => {
    let proof: IssuedProof | undefined;
    const identity = `${viewerText(whom)} ${whose.address} ${whose.userAgent}`;
    return {
      viewer: whom,
      identity,
      correlationId,
      deadlineAt,
      insight,
      bill,
      wantsFresh,
      proof: () => (proof ??= signProof({ viewer: whom, device: whose, correlationId, deadlineAt })),
      asNobody,
    };
  };
  return behalfOf(viewer, device);
}

const viewerTexts = new WeakMap<Viewer, string>();

/** Guests are one object, and so is whoever shows the same token again. */
function viewerText(viewer: Viewer): string {
  const text = viewerTexts.get(viewer) ?? JSON.stringify(viewer);
  viewerTexts.set(viewer, text);
  return text;
}
