import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { DEMO_PASSWORD } from '../../../standalone/src/demo/people.js';
import { requireDiscreet } from './discretion.js';
import type { Shop } from './open-shop.js';

/** Whatever an operation answered; tests look into it freely. */
export type Data = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- shapes differ by operation

type AnswerError = {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: Readonly<Record<string, unknown>>;
};

/** An answer over HTTP, which has been checked for what no answer may say. */
export type Answer = {
  readonly status: number;
  readonly text: string;
  readonly data: Data;
  readonly errors: readonly AnswerError[];
  /** The codes of its errors, each once. */
  readonly codes: readonly string[];
};

/** Somebody at the public door. */
export type Visitor = {
  readonly id: string | null;
  readonly token: string | null;
  ask(query: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** Asks for the one field of a mutation. @throws when it did not succeed */
  must(query: string, variables?: Record<string, unknown>): Promise<Data>;
  /** Sends a body as it is. */
  post(body: string, headers?: Record<string, string>): Promise<Answer>;
  /** Starts to listen, on a socket of its own. */
  watch(query: string, variables: Record<string, unknown>, operationName?: string): Watched;
};

/** A subscription; whatever came is kept. */
export type Watched = {
  readonly events: readonly Data[];
  /** The first event, earlier or later, that fits. @throws when none came in ten seconds */
  until(fits: (event: Data) => boolean): Promise<Data>;
  stop(): Promise<void>;
};

const PATIENCE_MILLIS = 10_000; // ten seconds

const LOGIN = `mutation Login($input: LoginInput!) { login(input: $input) {
  ... on LoginSuccess { accessToken user { id } } ... on UserError { code message } } }`;

/** The nodes of a connection. */
export function nodesOf(connection: Data): Data[] {
  return (connection['edges'] as Data[]).map(({ node }) => node as Data);
}

export function guestOf(shop: Shop): Visitor {
  return visitorOf(shop, { id: null, token: null });
}

/** Somebody of the demonstration shop, signed in. */
export async function signIn(shop: Shop, email: string): Promise<Visitor> {
  const { user, accessToken } = await guestOf(shop).must(LOGIN, {
    input: { email, password: DEMO_PASSWORD },
  });
  return visitorOf(shop, { id: String(user.id), token: String(accessToken) });
}

/** One visitor of each kind, those with an account signed in. */
export async function everybodyAt(
  shop: Shop,
): Promise<Record<'guest' | 'shopper' | 'seller' | 'staff', Visitor>> {
  const [shopper, seller, staff] = await Promise.all([
    signIn(shop, 'shopper@storegraph.test'),
    signIn(shop, 'seller@storegraph.test'),
    signIn(shop, 'staff@storegraph.test'),
  ]);
  return { guest: guestOf(shop), shopper, seller, staff };
}

export function visitorOf(shop: Shop, who: { id: string | null; token: string | null }): Visitor {
  const authorization: Record<string, string> = who.token ? { authorization: `Bearer ${who.token}` } : {};
  const post: Visitor['post'] = async (body, headers = {}) =>
    answerOf(
      await fetch(`${shop.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...authorization, ...headers },
        body,
      }),
    );
  const ask: Visitor['ask'] = (query, variables = {}) => post(JSON.stringify({ query, variables }));
  return {
    ...who,
    ask,
    post,
    async must(query, variables) {
      const answer = await ask(query, variables);
      const [outcome] = Object.values(answer.data) as (Data | null)[];
      if (answer.errors.length > 0 || !outcome || outcome['code']) throw new Error(answer.text);
      return outcome;
    },
    watch: (query, variables, operationName) =>
      watch(shop, authorization, { query, variables, operationName }),
  };
}

/** Reads an answer of the public door. @throws when it says what no answer may say */
export async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  requireDiscreet(response.status, text);
  const { data, errors = [] } = (text.startsWith('{') ? JSON.parse(text) : {}) as {
    data?: Data | null;
    errors?: AnswerError[];
  };
  const codes = [...new Set(errors.map(({ extensions }) => String(extensions['code'])))];
  return { status: response.status, text, data: data ?? {}, errors, codes };
}

function watch(
  shop: Shop,
  authorization: Record<string, string>,
  operation: { query: string; variables: Record<string, unknown>; operationName: string | undefined },
): Watched {
  const client = createClient({
    url: `${shop.url.replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: authorization,
    retryAttempts: 0,
  });
  const events: Data[] = [];
  let wake = () => undefined as void;
  const reading = (async () => {
    for await (const event of client.iterate<Data>(operation)) {
      requireDiscreet(200, JSON.stringify(event));
      events.push(event);
      wake();
    }
  })().catch((failure: unknown) => {
    events.push({ failure });
    wake();
  });
  return {
    events,
    async until(fits) {
      const deadline = Date.now() + PATIENCE_MILLIS;
      for (;;) {
        const found = events.find(fits);
        if (found) return found;
        const left = deadline - Date.now();
        if (left <= 0) throw new Error(`what was waited for never came: ${JSON.stringify(events)}`);
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, left);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
    },
    async stop() {
      await client.dispose();
      await reading;
    },
  };
}
