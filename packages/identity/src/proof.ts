import { createSecretKey, type KeyObject } from 'node:crypto';
import { openHs256, signHs256 } from './hs256.js';
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

export type ProofSigner = (proof: Omit<Proof, 'issuer'>) => IssuedProof;
export type ProofVerifier = (proof: IssuedProof | string | undefined) => Promise<Proof>;

/**
 * A proof in the process that issued it. Nobody outside can hand one over, so a subgraph of the same process believes it
 * as it is; `String(proof)` is what leaves the process: a JWS (RFC 7515) with HS256, signed when first asked for.
 */
export class IssuedProof {
  readonly #proof: Proof;
  readonly #key: KeyObject;
  readonly #issuedAt = Math.floor(Date.now() / 1_000);
  #token: string | undefined;

  constructor(proof: Proof, key: KeyObject) {
    this.#proof = proof;
    this.#key = key;
  }

  toString(): string {
    return (this.#token ??= this.#sign());
  }

  /** @throws {ProofRefused} when none of the keys issued it, or its time is over */
  verify(keys: readonly KeyObject[]): Proof {
    if (!keys.some((key) => key.equals(this.#key)))
      throw new ProofRefused('proof refused: issued by nobody we know');
    if ((this.#issuedAt + LIFETIME_SECONDS) * 1_000 <= Date.now())
      throw new ProofRefused('proof refused: expired');
    return this.#proof;
  }

  #sign(): string {
    const { viewer, correlationId, deadlineAt, device, issuer } = this.#proof;
    const claims = {
      vwr: viewer,
      cid: correlationId,
      dl: deadlineAt,
      dev: device,
      iss: issuer,
      aud: AUDIENCE,
      iat: this.#issuedAt,
      exp: this.#issuedAt + LIFETIME_SECONDS,
    };
    return signHs256(claims, { key: this.#key, typ: TYPE });
  }
}

/**
 * Issues proofs with the platform's service key, valid for one minute.
 *
 * @param options.key at least 32 characters, shared by the gateway and the subgraphs
 */
export function createProofSigner(options: { issuer: string; key: string }): ProofSigner {
  const key = secretKey(options.key);
  const { issuer } = options;
  return (proof) => new IssuedProof({ ...proof, issuer }, key);
}

/**
 * Checks proofs. A proof seen before is recognised without checking its signature again, until it expires:
 * one request reaches a subgraph several times with the same proof.
 *
 * @param options.keys the current key first, then those being retired
 * @throws {ProofRefused} from the returned function, for anything but a valid, unexpired proof
 */
export function createProofVerifier(options: { keys: readonly string[] }): ProofVerifier {
  const keys = options.keys.map(secretKey);
  const remembered = new Map<string, { proof: Proof; expiresAt: number }>();

  return async (token) => {
    if (!token) throw new ProofRefused('no proof of origin');
    if (token instanceof IssuedProof) return token.verify(keys);
    const known = remembered.get(token);
    if (known && known.expiresAt > Date.now()) return known.proof;
    if (known) remembered.delete(token);
    const { proof, expiresAt } = open(token, keys);
    if (remembered.size >= REMEMBERED_PROOFS) remembered.delete(remembered.keys().next().value ?? '');
    remembered.set(token, { proof, expiresAt });
    return proof;
  };
}

function open(token: string, keys: readonly KeyObject[]): { proof: Proof; expiresAt: number } {
  const claims = openHs256(token, { keys, typ: TYPE });
  if (!claims) throw new ProofRefused('proof refused: not a proof, or signed by nobody we know');
  const { exp, aud } = claims;
  if (aud !== AUDIENCE) throw new ProofRefused('proof refused: meant for somebody else');
  if (typeof exp !== 'number' || exp * 1_000 <= Date.now()) throw new ProofRefused('proof refused: expired');
  return { expiresAt: exp * 1_000, proof: readProof(claims) };
}

function secretKey(key: string): KeyObject {
  return createSecretKey(key, 'utf8');
}

/** The signature is right; a caller of another version may still say things this one does not understand. */
function readProof({ iss, vwr, cid, dl, dev }: Record<string, unknown>): Proof {
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
