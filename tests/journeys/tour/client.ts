import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';

/** Whatever an operation answered; a tour looks into it freely. */
export type Answer = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- shapes differ by operation

/** One visitor of the shop: an address, and a token once signed in. */
export type Visitor = {
  readonly url: string;
  token: string | null;
  ask(query: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** Asks for the one field of a mutation and insists that it succeeded. */
  must(query: string, variables?: Record<string, unknown>): Promise<Answer>;
  watch(query: string, variables: Record<string, unknown>): AsyncIterableIterator<Answer>;
  leave(): Promise<void>;
};

/** Something on the tour was not as promised. */
export class TourFailed extends Error {
  override readonly name = 'TourFailed';
}

/** Opens the shop's door for somebody new. */
export function visit(url: string): Visitor {
  let socket: Client | null = null;
  const visitor: Visitor = {
    url,
    token: null,
    async ask(query, variables = {}) {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(visitor.token && { authorization: `Bearer ${visitor.token}` }),
        },
        body: JSON.stringify({ query, variables }),
      });
      const { data, errors } = (await response.json()) as { data?: Answer; errors?: unknown };
      if (errors || !data) throw new TourFailed(`${firstLine(query)} answered ${JSON.stringify(errors)}`);
      return data;
    },
    async must(query, variables) {
      const [outcome] = Object.values(await visitor.ask(query, variables)) as Answer[];
      if (!outcome || outcome['code'])
        throw new TourFailed(`${firstLine(query)} answered ${JSON.stringify(outcome)}`);
      return outcome;
    },
    watch(query, variables) {
      socket ??= createClient({
        url: `${url.replace(/^http/, 'ws')}/graphql`,
        webSocketImpl: WebSocket,
        connectionParams: () => (visitor.token ? { authorization: `Bearer ${visitor.token}` } : {}),
      });
      const results = socket.iterate<Answer>({ query, variables });
      return {
        async next() {
          const step = await results.next();
          if (step.done) return { done: true, value: undefined };
          if (step.value.errors || !step.value.data) {
            throw new TourFailed(`${firstLine(query)} sent ${JSON.stringify(step.value.errors)}`);
          }
          return { done: false, value: step.value.data };
        },
        async return() {
          await results.return?.();
          return { done: true, value: undefined };
        },
        [Symbol.asyncIterator]() {
          return this;
        },
      };
    },
    async leave() {
      await socket?.dispose();
    },
  };
  return visitor;
}

/** Signs in; the visitor acts as that person from now on. */
export async function signIn(visitor: Visitor, email: string, password: string): Promise<Answer> {
  const outcome = await visitor.must(
    `mutation SignIn($input: LoginInput!) { login(input: $input) {
      ... on LoginSuccess { accessToken user { id displayName } } ... on UserError { code message } } }`,
    { input: { email, password } },
  );
  visitor.token = String(outcome['accessToken']);
  return outcome['user'] as Answer;
}

function firstLine(query: string): string {
  return query.trim().split('\n')[0]?.slice(0, 60) ?? 'the operation';
}
