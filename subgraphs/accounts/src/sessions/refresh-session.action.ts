import type { ClientDevice } from '@storegraph/identity';
import type { Deps, Transaction } from '../context.js';
import type { Signer } from '../keys/key-ring.action.js';
import { maySignIn, type User } from '../users/user.js';
import { createUserLoaders } from '../users/user.loader.js';
import { issueTokens } from './issue-tokens.action.js';
import { describe } from './open-session.action.js';
import { expiryOf, hashOfToken, isLive, type Tokens } from './session.js';
import {
  endSession,
  findSessionOfToken,
  lockSession,
  prolongSession,
  useRefreshToken,
} from './session.store.js';

export type RefreshSessionOutcome =
  { kind: 'refreshed'; user: User; tokens: Tokens } | { kind: 'over' } | { kind: 'suspended' };

/**
 * Trades a refresh token for the next one and a new access token. Each token works once: whoever shows one a
 * second time may have stolen it, or been stolen from, so the whole session ends (RFC 9700 §4.14.2). There is
 * no grace for an answer that got lost: the person signs in again.
 */
export async function refreshSession(
  deps: Deps,
  input: { refreshToken: string; device: ClientDevice | undefined },
): Promise<RefreshSessionOutcome> {
  const signer = await deps.keys.signer();
  const tokenHash = hashOfToken(input.refreshToken);
  return deps.prisma.$transaction(async (tx): Promise<RefreshSessionOutcome> => {
    const sessionId = await useRefreshToken(tx, tokenHash, deps.now());
    if (!sessionId) {
      await endSessionOfUsedToken(tx, tokenHash, deps.now());
      return { kind: 'over' };
    }
    return prolong(deps, tx, { sessionId, device: input.device, signer });
  });
}

async function endSessionOfUsedToken(tx: Transaction, tokenHash: string, now: Date): Promise<void> {
  const sessionId = await findSessionOfToken(tx, tokenHash);
  if (sessionId) await endSession(tx, sessionId, now);
}

async function prolong(
  deps: Deps,
  tx: Transaction,
  { sessionId, device, signer }: { sessionId: string; device: ClientDevice | undefined; signer: Signer },
): Promise<RefreshSessionOutcome> {
  const now = deps.now();
  const session = await lockSession(tx, sessionId);
  if (!session || !isLive(session, now)) return { kind: 'over' };
  const user = await createUserLoaders(tx).user.load(session.userId);
  if (!user || !maySignIn(user)) {
    await endSession(tx, sessionId, now);
    return { kind: 'suspended' };
  }
  // The role may have changed since the last refresh, and with it how long the session may last.
  const expiry = expiryOf({ role: user.role, createdAt: session.createdAt }, deps.config.sessions, now);
  if (expiry.endsAt <= now) {
    await endSession(tx, sessionId, now);
    return { kind: 'over' };
  }
  await prolongSession(tx, sessionId, { ...expiry, ...describe(device), lastSeenAt: now });
  return { kind: 'refreshed', user, tokens: await issueTokens(deps, tx, { sessionId, user, signer }) };
}
