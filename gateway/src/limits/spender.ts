import { isStaff, networkOf, type ClientDevice, type Viewer } from '@storegraph/identity';

/** Kinds of clients that may ask for different amounts. */
export const SPENDER_KINDS = ['anonymous', 'user', 'seller', 'staff', 'apiKey', 'service'] as const;

export type SpenderKind = (typeof SPENDER_KINDS)[number];

/** Who pays for an operation. */
export type Spender = {
  readonly kind: SpenderKind;
  /** Everyone with this key shares one allowance. */
  readonly key: string;
  /** The network the request came from: attempts with credentials count there, whoever makes them. */
  readonly network: string;
};

/**
 * A signed-in person pays wherever they are; a guest shares with the guests of the same network, unless their client
 * showed an API key.
 *
 * @param client.apiKey the name of a key that has been verified
 */
export function spenderOf(client: {
  viewer: Viewer;
  device: ClientDevice | undefined;
  apiKey?: string | undefined;
}): Spender {
  const { viewer, device, apiKey } = client;
  const network = device?.address ? networkOf(device.address) : 'unknown';
  if (viewer.kind === 'user') return { kind: kindOf(viewer), key: `user:${viewer.id}`, network };
  if (viewer.kind === 'service') return { kind: 'service', key: `service:${viewer.name}`, network };
  if (apiKey !== undefined) return { kind: 'apiKey', key: `key:${apiKey}`, network };
  return { kind: 'anonymous', key: `address:${network}`, network };
}

function kindOf({ role, sellerId }: Extract<Viewer, { kind: 'user' }>): SpenderKind {
  if (isStaff(role)) return 'staff';
  return sellerId === null ? 'user' : 'seller';
}
