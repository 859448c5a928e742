import { generateKeyPair, type CryptoKey } from 'jose';
import { signAccessToken, type AccessTokenClaims } from '@storegraph/identity';
import type { GatewayConfig } from '../src/config.js';
import { startGateway, type GatewayOptions, type RunningGateway } from '../src/gateway.js';
import { inlineGraph, type InlineGraph } from './inline-graph.js';
import { SERVICE_KEY } from './inline-subgraph.js';

const ISSUER = 'storegraph';
const AUDIENCE = 'storegraph-api';

export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: {
    readonly data?: Record<string, unknown> | null;
    readonly extensions?: Record<string, unknown>;
    readonly errors?: readonly {
      readonly message: string;
      readonly path?: readonly (string | number)[];
      readonly extensions: Record<string, unknown>;
    }[];
  };
};

export type Asking = {
  variables?: object;
  operationName?: string;
  token?: string;
  headers?: Record<string, string>;
};

export type TestGateway = RunningGateway & {
  readonly graph: InlineGraph;
  ask(query: string, asking?: Asking): Promise<Answer>;
  token(claims?: Partial<AccessTokenClaims>, ttlSeconds?: number): Promise<string>;
  [Symbol.asyncDispose](): Promise<void>;
};

const TEST_CONFIG: GatewayConfig = {
  host: '127.0.0.1',
  port: 0,
  nodeEnv: 'test',
  publicUrl: null,
  playground: true,
  introspection: true,
  corsOrigins: ['https://shop.example'],
  version: '1.2.3',
};

export const STAFF: Partial<AccessTokenClaims> = {
  role: 'staff',
  scopes: ['catalog:write', 'order:read', 'platform:read'],
};

type Changes = Partial<Omit<GatewayOptions, 'config'>> & {
  config?: Partial<GatewayConfig>;
  graph?: InlineGraph;
};

/** A gateway on a free port over two inline subgraphs. */
export async function startTestGateway({
  graph = inlineGraph(),
  config,
  ...changes
}: Changes = {}): Promise<TestGateway> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA');
  const gateway = await startGateway({
    config: { ...TEST_CONFIG, ...config },
    supergraphSdl: graph.supergraphSdl,
    links: graph.links,
    accessTokens: { keys: () => publicKey, issuer: ISSUER, audience: AUDIENCE },
    serviceKeys: [SERVICE_KEY],
    ...changes,
  });
  return {
    ...gateway,
    graph,
    ask: (query, asking) => ask(gateway.url, query, asking),
    token: (claims, ttlSeconds = 300) => tokenFor(privateKey, claims, ttlSeconds),
    [Symbol.asyncDispose]: () => gateway.close(),
  };
}

async function ask(url: string, query: string, { token, headers, ...rest }: Asking = {}): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...headers,
    },
    body: JSON.stringify({ query, ...rest }),
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Answer['body'],
  };
}

function tokenFor(
  key: CryptoKey,
  claims: Partial<AccessTokenClaims> = {},
  ttlSeconds: number,
): Promise<string> {
  return signAccessToken(
    { userId: 'u1', role: 'customer', scopes: [], sessionId: 's1', sellerId: null, ...claims },
    { key, kid: 'k1', issuer: ISSUER, audience: AUDIENCE, ttlSeconds },
  );
}
