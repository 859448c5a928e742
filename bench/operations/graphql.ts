import { UnexpectedAnswer, type HttpClient } from '../load/http-client.js';

/** The body of a GraphQL request (GraphQL over HTTP). */
export function requestBody(query: string, variables: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ query, variables });
}

/**
 * Asks the shop.
 *
 * @returns the answer's text and its data
 * @throws {UnexpectedAnswer} when the answer has errors
 */
export async function ask<Data>(
  { client, url, token }: { client: HttpClient; url: string; token?: string },
  body: string,
): Promise<{ text: string; data: Data }> {
  const text = await client.postJson(
    `${url}/graphql`,
    body,
    token === undefined ? {} : { authorization: `Bearer ${token}` },
  );
  const { data, errors } = JSON.parse(text) as { data: Data; errors?: unknown };
  if (errors) throw new UnexpectedAnswer('the shop answered with errors', text);
  return { text, data };
}

/** One turn of a read: the same bytes as the first time, or the shop is broken. @throws {UnexpectedAnswer} */
export async function askAgain(
  client: HttpClient,
  url: string,
  { request, answer }: { request: string; answer: string },
): Promise<void> {
  const text = await client.postJson(`${url}/graphql`, request);
  if (text !== answer) throw new UnexpectedAnswer('the shop answered something else than before', text);
}

/** One line of a document, as clients send it. */
export function compact(document: string): string {
  return document.replace(/\s+/g, ' ').trim();
}
