import { Agent, request, type Dispatcher } from 'undici';

/** Connections that stay open, as a storefront's server or a browser keeps them. */
export type HttpClient = {
  /** @throws {UnexpectedAnswer} for any status but 200 */
  postJson(url: string, body: string, headers?: Readonly<Record<string, string>>): Promise<string>;
  /** @throws {UnexpectedAnswer} for any status but 200 */
  postForm(url: string, form: Readonly<Record<string, string>>, authorization: string): Promise<string>;
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
  const post = async (url: string, options: { body: string; headers: Record<string, string> }) => {
    const answer = await request(url, { method: 'POST', dispatcher, ...options });
    return bodyOf(answer, url);
  };
  return {
    postJson: (url, body, headers) =>
      post(url, { body, headers: { 'content-type': 'application/json', ...headers } }),
    postForm: (url, form, authorization) =>
      post(url, {
        body: new URLSearchParams(form).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded', authorization },
      }),
    close: () => dispatcher.close(),
  };
}

async function bodyOf({ statusCode, body }: Dispatcher.ResponseData, url: string): Promise<string> {
  const text = await body.text();
  if (statusCode !== 200) throw new UnexpectedAnswer(`${url} answered ${statusCode}`, text);
  return text;
}
