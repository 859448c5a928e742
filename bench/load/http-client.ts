import { Agent, request, type Dispatcher } from 'undici';

/** Connections that stay open, as a storefront's server or a browser keeps them. */
export type HttpClient = {
  /** @throws {UnexpectedAnswer} for any status but 200 */
  postJson(url: string, body: string): Promise<string>;
  close(): Promise<void>;
};

/** The server answered something else than the benchmark is about; a run that meets it measures nothing. */
export class UnexpectedAnswer extends Error {
  override readonly name = 'UnexpectedAnswer';

  constructor(what: string, body: string) {
    super(`${what}: ${body.slice(0, 2_000)}`);
  }
}

export function openHttpClient(connections: number): HttpClient {
  const dispatcher = new Agent({ connections, pipelining: 1 });
  return {
    async postJson(url, body) {
      const headers = { 'content-type': 'application/json' };
      return bodyOf(await request(url, { method: 'POST', dispatcher, headers, body }), url);
    },
    close: () => dispatcher.close(),
  };
}

async function bodyOf({ statusCode, body }: Dispatcher.ResponseData, url: string): Promise<string> {
  const text = await body.text();
  if (statusCode !== 200) throw new UnexpectedAnswer(`${url} answered ${statusCode}`, text);
  return text;
}
