import type { ClientDevice, ProofSigner, Viewer } from '@storegraph/identity';

/** What one operation carries through the gateway. */
export type GatewayContext = {
  readonly viewer: Viewer;
  readonly correlationId: string;
  /** When the client stops waiting, in epoch milliseconds. */
  readonly deadlineAt: number;
  /** The proof of origin for subgraphs, signed at the first fetch and shared by all fetches of the operation. */
  proof(): Promise<string>;
};

export function createContext(options: {
  viewer: Viewer;
  device: ClientDevice;
  correlationId: string;
  timeoutMillis: number;
  signProof: ProofSigner;
}): GatewayContext {
  const { viewer, device, correlationId, signProof } = options;
  const deadlineAt = Date.now() + options.timeoutMillis;
  let proof: Promise<string> | undefined;
  return {
    viewer,
    correlationId,
    deadlineAt,
    proof: () => (proof ??= signProof({ viewer, device, correlationId, deadlineAt })),
  };
}
