import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  ANONYMOUS,
  createProofSigner,
  createProofVerifier,
  ProofRefused,
  type Viewer,
} from '../src/index.js';

const KEY = 'the-key-all-services-of-the-tests-share';
const RETIRED = 'the-key-that-was-used-until-last-tuesday';
const OTHER = 'a-key-that-nobody-here-has-ever-heard-of';

type Json = Record<string, unknown>;

const asked = () => ({ viewer: ANONYMOUS, correlationId: 'corr-0001', deadlineAt: Date.now() + 3_000 });
const now = () => Math.floor(Date.now() / 1_000);
const encode = (value: Json) => Buffer.from(JSON.stringify(value)).toString('base64url');
const header = (given: Json = {}): Json => ({ alg: 'HS256', typ: 'storegraph-proof+jwt', ...given });
const payload = (given: Json = {}): Json => ({
  iss: 'gateway',
  aud: 'storegraph-subgraph',
  exp: now() + 60,
  vwr: { kind: 'anonymous' },
  cid: 'corr-0001',
  dl: Date.now() + 3_000,
  ...given,
});

function proof(head: Json, claims: Json, key = KEY): string {
  const input = `${encode(head)}.${encode(claims)}`;
  return `${input}.${createHmac('sha256', key).update(input).digest('base64url')}`;
}

describe('proofs', () => {
  afterEach(() => void vi.useRealTimers());

  it('carry who vouches, for whom, until when and from which device', async () => {
    const viewer: Viewer = {
      kind: 'user',
      id: 'user_1',
      role: 'seller',
      scopes: ['catalog:write'],
      sessionId: 'ses_1',
      sellerId: 'sel_1',
    };
    const device = { address: '203.0.113.7', userAgent: 'curl/8' };
    const given = { viewer, device, correlationId: 'corr-0001', deadlineAt: Date.now() + 3_000 };
    const token = String(createProofSigner({ issuer: 'gateway', key: KEY })(given));
    expect(await createProofVerifier({ keys: [KEY] })(token)).toEqual({ issuer: 'gateway', ...given });
  });

  it('by hand as by us are believed: the forgeries below differ in one thing each', async () => {
    const { viewer } = await createProofVerifier({ keys: [KEY] })(proof(header(), payload()));
    expect(viewer).toEqual(ANONYMOUS);
  });

  it.each<[string, () => string | undefined]>([
    ['no proof', () => undefined],
    ['an empty one', () => ''],
    ['garbage', () => 'garbage'],
    ['garbage with dots', () => '.a.b'],
    ['one without a signature', () => `${encode(header({ alg: 'none' }))}.${encode(payload())}.`],
    ['one of an unknown key', () => proof(header(), payload(), OTHER)],
    ['one of an empty key', () => `${encode(header())}.${encode(payload())}.`],
    ['one for another audience', () => proof(header(), payload({ aud: 'storegraph' }))],
    ['one of another type', () => proof(header({ typ: 'at+jwt' }), payload())],
    ['one of a quote’s type', () => proof(header({ typ: 'storegraph-quote+jwt' }), payload())],
    ['an expired one', () => proof(header(), payload({ exp: now() - 1 }))],
    ['one without an expiry', () => proof(header(), payload({ exp: undefined }))],
    ['one without an issuer', () => proof(header(), payload({ iss: undefined }))],
    ['one without a viewer', () => proof(header(), payload({ vwr: undefined }))],
    ['a viewer that is null', () => proof(header(), payload({ vwr: null }))],
    ['a viewer of no known kind', () => proof(header(), payload({ vwr: { kind: 'god' } }))],
    [
      'a person without an id',
      () => proof(header(), payload({ vwr: { kind: 'user', role: 'admin', scopes: [] } })),
    ],
    [
      'a person of no known role',
      () => proof(header(), payload({ vwr: { kind: 'user', id: 'u', role: 'root', scopes: [] } })),
    ],
    ['a deadline that is no number', () => proof(header(), payload({ dl: 'tomorrow' }))],
    ['a correlation id that is no text', () => proof(header(), payload({ cid: {} }))],
    ['an extension we do not know', () => proof(header({ crit: ['x'], x: 1 }), payload())],
  ])('refuse %s', async (_what, forge) => {
    const verify = createProofVerifier({ keys: [KEY, RETIRED] });
    await expect(verify(forge())).rejects.toBeInstanceOf(ProofRefused);
  });

  it('refuse one whose viewer was changed after signing, also when the original was just seen', async () => {
    const verify = createProofVerifier({ keys: [KEY] });
    const original = proof(header(), payload());
    await verify(original);
    const [head = '', , signature = ''] = original.split('.');
    const tampered = encode(payload({ vwr: { kind: 'service', name: 'orders' } }));
    await expect(verify(`${head}.${tampered}.${signature}`)).rejects.toBeInstanceOf(ProofRefused);
  });

  it('of the key being retired are believed, until it is gone', async () => {
    const old = String(createProofSigner({ issuer: 'gateway', key: RETIRED })(asked()));
    const fresh = String(createProofSigner({ issuer: 'gateway', key: KEY })(asked()));
    const during = createProofVerifier({ keys: [KEY, RETIRED] });
    expect((await during(old)).issuer).toBe('gateway');
    expect((await during(fresh)).issuer).toBe('gateway');
    await expect(createProofVerifier({ keys: [KEY] })(old)).rejects.toBeInstanceOf(ProofRefused);
  });

  it('are recognised again, but not past their minute', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const token = String(createProofSigner({ issuer: 'gateway', key: KEY })(asked()));
    const verify = createProofVerifier({ keys: [KEY] });
    const first = await verify(token);
    expect(await verify(token)).toBe(first);
    vi.setSystemTime(Date.now() + 61_000);
    await expect(verify(token)).rejects.toBeInstanceOf(ProofRefused);
    await expect(verify(token)).rejects.toBeInstanceOf(ProofRefused);
  });

  it('are believed without a signature in the process that issued them, under the same rules', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const given = asked();
    const issued = createProofSigner({ issuer: 'gateway', key: KEY })(given);
    const verify = createProofVerifier({ keys: [RETIRED, KEY] });
    expect(await verify(issued)).toEqual({ issuer: 'gateway', ...given });
    await expect(createProofVerifier({ keys: [OTHER] })(issued)).rejects.toBeInstanceOf(ProofRefused);
    vi.setSystemTime(Date.now() + 61_000);
    await expect(verify(issued)).rejects.toBeInstanceOf(ProofRefused);
  });

  it('are not what merely looks like one', async () => {
    const issued = createProofSigner({ issuer: 'gateway', key: KEY })(asked());
    const verify = createProofVerifier({ keys: [KEY] });
    const lookalike = { verify: () => asked(), toString: () => '' } as unknown as typeof issued;
    await expect(verify(lookalike)).rejects.toThrow();
    await expect(verify(Object.create(Object.getPrototypeOf(issued) as object) as never)).rejects.toThrow();
  });

  it('do not pile up in memory: the oldest of many is checked anew', async () => {
    const verify = createProofVerifier({ keys: [KEY] });
    const oldest = proof(header(), payload());
    const first = await verify(oldest);
    for (let count = 0; count < 2_000; count += 1)
      await verify(proof(header(), payload({ cid: `corr-${count}` })));
    const again = await verify(oldest);
    expect(again).not.toBe(first);
    expect(again).toEqual(first);
  });
});
