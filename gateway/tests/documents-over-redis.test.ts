import { describe, expect, it } from 'vitest';
import { createRedisCache, type Cache } from '@storegraph/events';
import { hasRedisServer, OwnRedis } from '@storegraph/testkit';
import { sha256 } from '../src/documents/sha256.js';
import { startTestGateway, type TestGateway } from './test-gateway.js';

const SHELF = '{ products { name } }';
const LAMP_AND_SOFA = { data: { products: [{ name: 'Lamp' }, { name: 'Sofa' }] } };
const EXTENSIONS = { persistedQuery: { version: 1, sha256Hash: sha256(SHELF) } };

type Answered = { errors?: { extensions: { code: string } }[] };

/** Asks by the hash alone, or with the text that it shall stand for. */
async function askByHash({ url }: TestGateway, query?: string): Promise<Answered> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, extensions: EXTENSIONS }),
  });
  return (await response.json()) as Answered;
}

const codesOf = ({ errors = [] }: Answered) => errors.map(({ extensions }) => extensions.code);

describe.skipIf(!hasRedisServer)('a query registered at one of the gateways over one Redis', () => {
  it('is answered by its hash alone at the others, and by those that know it while Redis is away', async () => {
    await using redis = await OwnRedis.start();
    await using first = await gatewayOver(redis);
    await using second = await gatewayOver(redis);
    await using late = await gatewayOver(redis);
    for (const { gateway } of [first, second])
      expect(codesOf(await askByHash(gateway))).toEqual(['PERSISTED_QUERY_NOT_FOUND']);
    expect(await askByHash(first.gateway, SHELF)).toEqual(LAMP_AND_SOFA);
    await expect.poll(() => askByHash(second.gateway)).toEqual(LAMP_AND_SOFA);

    await redis.kill();
    for (const { gateway } of [first, second]) expect(await askByHash(gateway)).toEqual(LAMP_AND_SOFA);
    expect(codesOf(await askByHash(late.gateway))).toEqual(['PERSISTED_QUERY_NOT_FOUND']);
    expect(await askByHash(late.gateway, SHELF)).toEqual(LAMP_AND_SOFA);
    expect(await askByHash(late.gateway)).toEqual(LAMP_AND_SOFA);
  });
});

async function gatewayOver({ url }: OwnRedis): Promise<AsyncDisposable & { gateway: TestGateway }> {
  const cache: Cache = createRedisCache({ redisUrl: url });
  const gateway = await startTestGateway({ persistedQueryCache: cache });
  return {
    gateway,
    async [Symbol.asyncDispose]() {
      await gateway.close();
      await cache.close();
    },
  };
}
