import type { ExecutionResult } from 'graphql';

/** What a browser says of an EventSource on one of the gateway's own pages. */
export const OWN_PAGE = { 'sec-fetch-site': 'same-origin' };

type Asking = { method?: 'GET' | 'POST'; headers?: Record<string, string> };

/** Asks for an event stream. */
export async function openStream(
  { url: base }: { url: string },
  params: Record<string, unknown>,
  { method = 'POST', headers }: Asking = {},
): Promise<{ response: Response; leave: () => void }> {
  const leaving = new AbortController();
  const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
  const url = new URL(`${base}/graphql`);
  if (method === 'GET')
    for (const [name, value] of Object.entries(params)) url.searchParams.set(name, text(value));
  const response = await fetch(url, {
    method,
    signal: leaving.signal,
    headers: {
      accept: 'text/event-stream',
      ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
      ...headers,
    },
    ...(method === 'POST' ? { body: JSON.stringify(params) } : {}),
  });
  return { response, leave: () => leaving.abort() };
}

/** The stream's text until it ends, or until it contains something. */
export async function read(response: Response, until?: string): Promise<string> {
  let text = '';
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  for (let step = await reader.read(); !step.done; step = await reader.read()) {
    text += decoder.decode(step.value, { stream: true });
    if (until && text.includes(until)) break;
  }
  reader.releaseLock();
  return text;
}

/** Its events, without the comments between them. */
export const eventsIn = (text: string) =>
  text
    .split('\n\n')
    .filter((part) => part !== '' && part !== ':')
    .map((part) => {
      const [, event, data] = /^event: (\w+)\ndata: (.*)$/.exec(part) ?? [];
      return data ? { event, data: JSON.parse(data) as ExecutionResult } : { event };
    });

export const next = (data: object) => ({ event: 'next', data });
export const COMPLETE = { event: 'complete' };
