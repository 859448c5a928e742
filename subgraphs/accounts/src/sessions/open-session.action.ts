import type { ClientDevice, Role } from '@storegraph/identity';
import { newId } from '@storegraph/ids';
import type { Deps, Transaction } from '../context.js';
import type { Signer } from '../keys/key-ring.action.js';
import { issueTokens } from './issue-tokens.action.js';
import { expiryOf, type Tokens } from './session.js';
import { insertSession } from './session.store.js';

const LONGEST_USER_AGENT = 300;

/** Signs a person in on a device, in the caller's transaction. Whether they may is the caller's matter. */
export async function openSession(
  deps: Deps,
  tx: Transaction,
  {
    user,
    device,
    signer,
  }: { user: { id: string; role: Role }; device: ClientDevice | undefined; signer: Signer },
): Promise<Tokens> {
  const now = deps.now();
  const sessionId = newId('session');
  await insertSession(tx, {
    id: sessionId,
    userId: user.id,
    ...describe(device),
    createdAt: now,
    lastSeenAt: now,
    ...expiryOf({ role: user.role, createdAt: now }, deps.config.sessions, now),
    revokedAt: null,
  });
  return issueTokens(deps, tx, { sessionId, user, signer });
}

/** What a person recognises a device by. Headers may hold anything, so it is cut and stripped. */
export function describe(device: ClientDevice | undefined): { userAgent: string | null; ip: string | null } {
  const clean = (text: string | null | undefined) =>
    text?.replace(/\p{Cc}/gu, ' ').slice(0, LONGEST_USER_AGENT) ?? null;
  return { userAgent: clean(device?.userAgent), ip: clean(device?.address) };
}
