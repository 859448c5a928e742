import type { ClientDevice, UserViewer, Viewer } from '@storegraph/identity';
import { createAccessTokenVerifier } from '@storegraph/identity';
import { newId } from '@storegraph/ids';
import { guest, startTestSubgraph, type Asked, type TestSubgraph } from '@storegraph/testkit';
import { createLocalJWKSet } from 'jose';
import { readAccountsConfig, type AccountsConfig } from '../src/config.js';
import type { Deps } from '../src/context.js';
import { accounts } from '../src/subgraph.js';

export const PASSWORD = 'correct horse battery staple';
export const CONFIG: AccountsConfig = readAccountsConfig({ NODE_ENV: 'test' });

const TOKENS = 'accessToken accessExpiresAt refreshToken user { id displayName }';
const FAILURE = '... on UserError { __typename code message path } ... on AuthFailure { retryAfterSeconds }';

const REGISTER = `mutation ($input: RegisterInput!) { register(input: $input) {
  ... on RegisterSuccess { ${TOKENS} } ${FAILURE} ... on InvalidInput { issues { path message } } } }`;
const LOGIN = `mutation ($input: LoginInput!) { login(input: $input) { ... on LoginSuccess { ${TOKENS} } ${FAILURE} } }`;
const REFRESH = `mutation ($input: RefreshSessionInput!) { refreshSession(input: $input) {
  ... on RefreshSessionSuccess { ${TOKENS} } ${FAILURE} } }`;

export type Person = { readonly email: string; readonly viewer: UserViewer; readonly tokens: Tokens };
export type Tokens = { readonly accessToken: string; readonly refreshToken: string };

/** The accounts domain with the people a test needs in it. */
export type Town = Awaited<ReturnType<typeof startTown>>;

export async function startTown(
  options: { config?: Partial<AccountsConfig>; now?: () => Date; poolSize?: number } = {},
) {
  const subgraph: TestSubgraph<Deps> = await startTestSubgraph(accounts, {
    config: { ...CONFIG, ...options.config },
    now: options.now,
    poolSize: options.poolSize,
  });
  const { ask, deps } = subgraph;

  const askFrom = async (device: ClientDevice, query: string, variables: object): Promise<Asked> => {
    const proof = subgraph.proofOf(guest, device);
    const result = await subgraph.subgraph.execute({ query, variables: { ...variables }, proof });
    return {
      ...result,
      data: result.data ?? {},
      code: result.errors?.[0]?.extensions['code'] as string | undefined,
    };
  };

  /** Who the gateway would say is asking, with this access token. */
  const viewerOf = async (accessToken: string): Promise<UserViewer> => {
    const keys = createLocalJWKSet(await deps.findPublicKeys());
    return (await createAccessTokenVerifier({ ...CONFIG.tokens, keys })(accessToken)).viewer;
  };

  const register = async (input: object = {}) =>
    (await ask(REGISTER, { input: { email: newEmail(), password: PASSWORD, ...input } })).data['register'];

  return {
    ...subgraph,
    askFrom,
    viewerOf,
    register,
    login: async (input: object, device?: ClientDevice) => {
      const variables = { input: { password: PASSWORD, ...input } };
      return device ? askFrom(device, LOGIN, variables) : ask(LOGIN, variables);
    },
    refresh: async (refreshToken: string) =>
      (await ask(REFRESH, { input: { refreshToken } })).data['refreshSession'],
    /** Somebody who has just registered, as the gateway sees them. */
    async person(input: object = {}): Promise<Person> {
      const email = newEmail();
      const tokens = await register({ email, ...input });
      return { email, tokens, viewer: await viewerOf(tokens.accessToken) };
    },
    /** The error codes of a field asked of a user's public face. */
    async codesFor(viewer: Viewer, userId: string, field: string): Promise<(string | undefined)[]> {
      const query = `query ($people: [_Any!]!) { _entities(representations: $people) { ... on User { ${field} } } }`;
      const { errors = [] } = await ask(query, { people: [{ __typename: 'User', id: userId }] }, viewer);
      return errors.map(({ extensions }) => extensions['code'] as string | undefined);
    },
  };
}

export function newEmail(): string {
  return `${newId('user')}@example.test`;
}
