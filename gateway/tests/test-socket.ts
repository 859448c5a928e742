import { WebSocket } from 'ws';

/** A raw graphql-transport-ws client: says what it is told, waits for what it is told. */
export type TestSocket = {
  say(message: object): void;
  /** The next message not taken yet. */
  next(withinMillis?: number): Promise<{ id?: string; type: string; payload: { [key: string]: unknown } }>;
  subscribe(id: string, query: string, variables?: object): void;
  readonly closed: Promise<{ code: number; reason: string }>;
  readonly raw: WebSocket;
  [Symbol.dispose](): void;
};

/** Opens a socket; with `params`, the handshake is done too. */
export async function openSocket(
  url: string,
  params?: object | 'no-handshake',
  headers: Record<string, string> = {},
): Promise<TestSocket> {
  const raw = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers });
  const messages: string[] = [];
  const waiting: ((message: string) => void)[] = [];
  raw.on('message', (data: Buffer) => {
    const one = waiting.shift();
    if (one) one(data.toString());
    else messages.push(data.toString());
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    raw.once('close', (code, reason) => resolve({ code, reason: reason.toString() }));
  });
  await new Promise((resolve, reject) => raw.once('open', resolve).once('error', reject));
  const socket: TestSocket = {
    raw,
    closed,
    say: (message) => raw.send(JSON.stringify(message)),
    subscribe: (id, query, variables) =>
      socket.say({ id, type: 'subscribe', payload: { query, ...(variables ? { variables } : {}) } }),
    async next(withinMillis = 3_000) {
      const text = messages.shift() ?? (await nextMessage(waiting, withinMillis));
      return JSON.parse(text) as Awaited<ReturnType<TestSocket['next']>>;
    },
    [Symbol.dispose]: () => raw.terminate(),
  };
  if (params === 'no-handshake') return socket;
  socket.say({ type: 'connection_init', ...(params ? { payload: params } : {}) });
  return socket;
}

/** Opens a socket and is let in. @throws when it is not */
export async function enter(url: string, params: object = {}): Promise<TestSocket> {
  const socket = await openSocket(url, params);
  const { type } = await socket.next();
  if (type !== 'connection_ack') throw new Error(`told ${type} instead of being let in`);
  return socket;
}

/** @throws when none comes in time; it is then the next one's */
function nextMessage(waiting: ((message: string) => void)[], withinMillis: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      waiting.splice(waiting.indexOf(take), 1);
      reject(new Error('no message came'));
    }, withinMillis);
    const take = (message: string) => {
      clearTimeout(timer);
      resolve(message);
    };
    waiting.push(take);
  });
}
