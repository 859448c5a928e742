import { SignJWT, errors, jwtVerify, type JWTPayload } from 'jose';
import { isRole } from './roles.js';
import type { Viewer } from './viewer.js';

/** The header that carries the proof from the gateway, or another service, to a subgraph. */
export const SERVICE_PROOF_HEADER = 'x-storegraph-proof';

const AUDIENCE = 'storegraph-subgraph';
const TYPE = 'storegraph-proof+jwt';
const LIFETIME_SECONDS = 60;
const REMEMBERED_PROOFS = 2_000;

/** The device a request came from, as the public door saw it. */
export type ClientDevice = {
  /** The network address, for throttling and for people to recognise their sessions by. */
  readonly address: string | null;
  readonly userAgent: string | null;
};

/** What one service vouches for when it calls another. */
export type Proof = {
  /** The caller: `gateway`, or a subgraph's name. */
  readonly issuer: string;
  readonly viewer: Viewer;
  readonly correlationId: string;
  /** When the caller stops waiting, in epoch milliseconds. */
  readonly deadlineAt: number;
  /** Absent when no device is behind the call. */
  readonly device?: ClientDevice;
};

/** The request carries no proof, or one that is forged, expired or meant for somebody else. */
export class ProofRefused extends Error {
  override readonly name = 'ProofRefused';
}

export type ProofSigner = (proof: Omit<Proof, 'issuer'>) => Promise<string>;
export type ProofVerifier = (token: string | undefined) => Promise<Proof>;

/**
 * Signs proofs with the platform's service key: a JWS (RFC 7515) with HS256, valid for one minute.
 *
 * @param options.key at least 32 characters, shared by the gateway and the subgraphs
 */
export function createProofSigner(options: { issuer: string; key: string }): ProofSigner {
  const key = new TextEncoder().encode(options.key);
  return ({ viewer, correlationId, deadlineAt, device }) =>
    new SignJWT({ vwr: viewer, cid: correlationId, dl: deadlineAt, dev: device })
      .setProtectedHeader({ alg: 'HS256', typ: TYPE })
      .setIssuer(options.issuer)
      .setAudience(AUDIENCE)
      .setIssuedAt()
      .setExpirationTime(`${LIFETIME_SECONDS}s`)
      .sign(key);
}

/**
 * Checks proofs. A proof seen before is recognised without checking its signature again, until it expires:
 * one request reaches a subgraph several times with the same proof.
 *
 * @param options.keys the current key first, then those being retired
 * @throws {ProofRefused} from the returned function, for anything but a valid, unexpired proof
 */
export function createProofVerifier(options: { keys: readonly string[] }): ProofVerifier {
  const keys = options.keys.map((key) => new TextEncoder().encode(key));
  const remembered = new Map<string, { proof: Proof; expiresAt: number }>();

  return async (token) => {
    if (!token) throw new ProofRefused('no proof of origin');
    const known = remembered.get(token);
    if (known && known.expiresAt > Date.now()) return known.proof;
    if (known) remembered.delete(token);
    const { proof, expiresAt } = await verifyWithAny(token, keys);
    if (remembered.size >= REMEMBERED_PROOFS) remembered.delete(remembered.keys().next().value ?? '');
    remembered.set(token, { proof, expiresAt });
    return proof;
  };
}

async function verifyWithAny(
  token: string,
  keys: readonly Uint8Array[],
): Promise<{ proof: Proof; expiresAt: number }> {
  for (const key of keys) {
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: ['HS256'],
        audience: AUDIENCE,
        typ: TYPE,
        requiredClaims: ['iss', 'exp', 'vwr', 'cid', 'dl'],
      });
      return { expiresAt: Number(payload.exp) * 1_000, proof: readProof(payload) };
    } catch (error) {
      if (error instanceof errors.JWSSignatureVerificationFailed) continue;
      if (error instanceof errors.JOSEError) throw new ProofRefused(`proof refused: ${error.message}`);
      throw error;
    }
  }
  throw new ProofRefused('proof refused: signed by nobody we know');
}

/** The signature is right; a caller of another version may still say things this one does not understand. */
function readProof({ iss, vwr, cid, dl, dev }: JWTPayload): Proof {
  if (typeof iss !== 'string' || typeof cid !== 'string' || typeof dl !== 'number' || !isViewer(vwr))
    throw new ProofRefused('proof refused: not what a proof says');
  return {
    issuer: iss,
    viewer: vwr,
    correlationId: cid,
    deadlineAt: dl,
    device: dev as ClientDevice | undefined,
  };
}

function isViewer(claim: unknown): claim is Viewer {
  if (typeof claim !== 'object' || claim === null || !('kind' in claim)) return false;
  const { kind, id, role, scopes, name } = claim as Record<string, unknown>;
  if (kind === 'user') return typeof id === 'string' && isRole(role) && Array.isArray(scopes);
  return kind === 'service' ? typeof name === 'string' : kind === 'anonymous';
}
