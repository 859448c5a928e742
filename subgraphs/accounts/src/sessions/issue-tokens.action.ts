import { scopesOf, signAccessToken, type Role } from '@storegraph/identity';
import type { Deps, Transaction } from '../context.js';
import type { Signer } from '../keys/key-ring.action.js';
import { SellerStatus } from '../sellers/seller.js';
import { createSellerLoaders } from '../sellers/seller.loader.js';
import { hashOfToken, newRefreshToken, type Tokens } from './session.js';
import { insertRefreshToken } from './session.store.js';

/**
 * The next pair of tokens of a session. The refresh token's digest is written in the caller's transaction; the
 * token itself exists in the answer alone. The access token carries what the person may do at this moment.
 *
 * @param signer fetched before the transaction: what waits for another connection inside one can lock the pool up
 */
export async function issueTokens(
  { config, now }: Deps,
  tx: Transaction,
  { sessionId, user, signer }: { sessionId: string; user: { id: string; role: Role }; signer: Signer },
): Promise<Tokens> {
  const issuedAt = now();
  const refreshToken = newRefreshToken();
  await insertRefreshToken(tx, { tokenHash: hashOfToken(refreshToken), sessionId, issuedAt });

  const seller = await createSellerLoaders(tx).sellerOfOwner.load(user.id);
  const { issuer, audience, accessTtlSeconds } = config.tokens;
  const accessToken = await signAccessToken(
    {
      userId: user.id,
      role: user.role,
      scopes: scopesOf(user.role),
      sessionId,
      sellerId: seller?.status === SellerStatus.VERIFIED ? seller.id : null,
    },
    { ...signer, issuer, audience, ttlSeconds: accessTtlSeconds },
  );
  return {
    accessToken,
    refreshToken,
    accessExpiresAt: new Date(issuedAt.getTime() + accessTtlSeconds * 1_000),
  };
}
