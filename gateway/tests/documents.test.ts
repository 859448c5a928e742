import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from './test-gateway.js';
import { enter } from './test-socket.js';

const SHELF = 'query Shelf {\n  products {\n    name\n  }\n}';
const RENAME = 'mutation Rename {\n  rename(id: "p1", name: "Torch") {\n    name\n  }\n}';
const CHANGES = 'subscription Changes {\n  productChanged(id: "p1") {\n    name\n  }\n}';
const LAMP_AND_SOFA = { data: { products: [{ name: 'Lamp' }, { name: 'Sofa' }] } };

const hashOf = (source: string) => createHash('sha256').update(source).digest('hex');
const persisted = (sha256Hash: string) => ({ persistedQuery: { version: 1, sha256Hash } });

const MANIFEST = JSON.stringify({
  format: 'apollo-persisted-query-manifest',
  version: 1,
  operations: [SHELF, RENAME, CHANGES].map((body) => ({ id: hashOf(body), name: '', type: '', body })),
});

async function post(gateway: TestGateway, body: object, headers: Record<string, string> = {}) {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as { errors?: { message: string }[] } };
}

function get(gateway: TestGateway, params: Record<string, string>, headers: Record<string, string> = {}) {
  return fetch(`${gateway.url}/graphql?${new URLSearchParams(params).toString()}`, {
    headers: { 'apollo-require-preflight': 'yes', ...headers },
  });
}

const codeOf = ({ body }: { body: object }) =>
  (body as { errors?: { extensions: { code: string } }[] }).errors?.[0]?.extensions.code;

describe('a persisted query', () => {
  it('is unknown, then registered under its hash, then asked by the hash alone', async () => {
    await using gateway = await startTestGateway();
    const extensions = persisted(hashOf(SHELF));
    const unknown = await post(gateway, { extensions });
    expect([unknown.status, codeOf(unknown)]).toEqual([200, 'PERSISTED_QUERY_NOT_FOUND']);
    expect(unknown.body.errors?.[0]?.message).toBe('PersistedQueryNotFound');
    expect((await post(gateway, { query: SHELF, extensions })).body).toEqual(LAMP_AND_SOFA);
    expect((await post(gateway, { extensions })).body).toEqual(LAMP_AND_SOFA);
    const byId = await post(gateway, { documentId: `sha256:${hashOf(SHELF)}` });
    expect(byId.body).toEqual(LAMP_AND_SOFA);
  });

  it('is a 400 where the media type tells refusals by their status', async () => {
    await using gateway = await startTestGateway();
    const accept = { accept: 'application/graphql-response+json' };
    expect((await post(gateway, { extensions: persisted(hashOf(SHELF)) }, accept)).status).toBe(400);
  });

  it('is not registered under the hash of another, in another version, or when it is not valid', async () => {
    await using gateway = await startTestGateway();
    const other = await post(gateway, { query: SHELF, extensions: persisted(hashOf(RENAME)) });
    expect([other.status, codeOf(other)]).toEqual([400, 'BAD_USER_INPUT']);
    const later = { persistedQuery: { version: 2, sha256Hash: hashOf(SHELF) } };
    expect((await post(gateway, { query: SHELF, extensions: later })).status).toBe(400);
    const invalid = '{ nothing }';
    await post(gateway, { query: invalid, extensions: persisted(hashOf(invalid)) });
    const answer = await post(gateway, { extensions: persisted(hashOf(invalid)) });
    expect(codeOf(answer)).toBe('PERSISTED_QUERY_NOT_FOUND');
  });

  it('is not supported when that is switched off', async () => {
    await using gateway = await startTestGateway({ config: { persistedQueries: false } });
    const extensions = persisted(hashOf(SHELF));
    expect(codeOf(await post(gateway, { extensions }))).toBe('PERSISTED_QUERY_NOT_SUPPORTED');
    expect((await post(gateway, { query: SHELF, extensions })).body).toEqual(LAMP_AND_SOFA);
    expect(codeOf(await post(gateway, { extensions }))).toBe('PERSISTED_QUERY_NOT_SUPPORTED');
  });
});

describe('GET', () => {
  it('answers a known query, and 304 to who has the answer already', async () => {
    await using gateway = await startTestGateway({ documentManifest: MANIFEST });
    const first = await get(gateway, { documentId: hashOf(SHELF) });
    expect(await first.json()).toEqual(LAMP_AND_SOFA);
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    expect(first.headers.get('vary')).toContain('authorization');
    const etag = first.headers.get('etag') ?? '';
    const again = await get(gateway, { documentId: hashOf(SHELF) }, { 'if-none-match': `"x", W/${etag}` });
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
    await post(gateway, { query: RENAME });
    const changed = await get(gateway, { documentId: hashOf(SHELF) }, { 'if-none-match': etag });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).not.toBe(etag);
  });

  it('takes no text, no mutation, and nothing a page of another origin could send unasked', async () => {
    await using gateway = await startTestGateway({ documentManifest: MANIFEST });
    const text = await get(gateway, { query: SHELF });
    expect([text.status, text.headers.get('allow')]).toEqual([405, 'POST']);
    expect((await get(gateway, { documentId: hashOf(RENAME) })).status).toBe(405);
    const known = { documentId: hashOf(SHELF) };
    expect((await get(gateway, known, { 'apollo-require-preflight': '' })).status).toBe(400);
    expect((await get(gateway, known, { 'content-type': 'text/plain' })).status).toBe(200);
    const form = { 'apollo-require-preflight': '', 'content-type': 'text/plain' };
    expect((await get(gateway, known, form)).status).toBe(400);
    expect((await get(gateway, { ...known, variables: '{' })).status).toBe(400);
    expect(gateway.graph.requests.some(({ query }) => query.includes('rename'))).toBe(false);
  });

  it('lets nobody keep an answer with errors', async () => {
    const broken = '{ refused }';
    await using gateway = await startTestGateway();
    await post(gateway, { query: broken, extensions: persisted(hashOf(broken)) });
    const answer = await get(gateway, { extensions: JSON.stringify(persisted(hashOf(broken))) });
    expect([answer.status, answer.headers.get('cache-control'), answer.headers.get('etag')]).toEqual([
      200,
      'no-store',
      null,
    ]);
  });
});

describe('an allow list', () => {
  it('runs trusted documents only, by id or to the letter, and lets nobody register others', async () => {
    await using gateway = await startTestGateway({
      documentManifest: MANIFEST,
      config: { allowList: 'only' },
    });
    expect((await post(gateway, { documentId: hashOf(SHELF) })).body).toEqual(LAMP_AND_SOFA);
    expect((await post(gateway, { extensions: persisted(hashOf(SHELF)) })).body).toEqual(LAMP_AND_SOFA);
    expect((await post(gateway, { query: SHELF })).body).toEqual(LAMP_AND_SOFA);
    const other = '{ ratings }';
    for (const request of [
      { query: other },
      { query: other, extensions: persisted(hashOf(other)) },
      { extensions: persisted(hashOf(other)) },
      { documentId: 'constructor' },
      { query: `${SHELF} ` },
      { query: '{ __schema { types { name } } }' },
    ]) {
      const answer = await post(gateway, request);
      expect([answer.status, codeOf(answer)]).toEqual([403, 'DOCUMENT_NOT_TRUSTED']);
    }
    expect(gateway.graph.requests.every(({ query }) => !query.includes('ratings'))).toBe(true);
  });

  it('holds over a socket too', async () => {
    await using gateway = await startTestGateway({
      documentManifest: MANIFEST,
      config: { allowList: 'only' },
    });
    using socket = await enter(gateway.url);
    socket.subscribe('1', '{ ratings }');
    expect(await socket.next()).toMatchObject({
      type: 'error',
      payload: [{ extensions: { code: 'DOCUMENT_NOT_TRUSTED' } }],
    });
    const payload = { query: '', extensions: persisted(hashOf(SHELF)) };
    socket.say({ id: '2', type: 'subscribe', payload });
    expect((await socket.next()).payload).toEqual(LAMP_AND_SOFA);
  });

  it('only notes unknown documents while it is being introduced', async () => {
    await using gateway = await startTestGateway({
      documentManifest: MANIFEST,
      config: { allowList: 'log' },
    });
    expect((await post(gateway, { query: '{ ratings }' })).body).toEqual({ data: { ratings: [4, 5] } });
  });

  it('is not made of a manifest whose texts are not what their hashes say', async () => {
    const forged = MANIFEST.replace('"query Shelf', '"query Shelves');
    await expect(startTestGateway({ documentManifest: forged })).rejects.toThrow('another text');
    await expect(startTestGateway({ documentManifest: '[]' })).rejects.toThrow('no manifest');
  });
});
