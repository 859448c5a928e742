import { UnexpectedAnswer } from '../load/http-client.js';
import type { Input, OpenShop } from './operation.js';

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
  { client, url }: OpenShop,
  body: string,
): Promise<{ text: string; data: Data }> {
  const text = await client.postJson(`${url}/graphql`, body);
  const { data, errors } = JSON.parse(text) as { data: Data; errors?: unknown };
  if (errors) throw new UnexpectedAnswer('the shop answered with errors', text);
  return { text, data };
}

/** One turn of a read: the same bytes as the first time, or the shop is broken. @throws {UnexpectedAnswer} */
export async function askAgain({ client, url }: OpenShop, { request, answer }: Input): Promise<void> {
  const text = await client.postJson(`${url}/graphql`, request);
  if (text !== answer) throw new UnexpectedAnswer('the shop answered something else than before', text);
}

/** A mutation's outcome, which is a success or a typed failure. */
export type Outcome<Success> = { readonly __typename: string } & Success;

/** @throws {UnexpectedAnswer} for a failure */
export function requireSuccess<Success>(outcome: Outcome<Success>): Outcome<Success> {
  if (!outcome.__typename.endsWith('Success'))
    throw new UnexpectedAnswer('the shop refused', JSON.stringify(outcome));
  return outcome;
}

/** A document on one line, as clients send it. */
export function compact(document: string): string {
  return document.replace(/\s+/g, ' ').trim();
}

/** The variables of a request's parsed body. */
export function variablesOf<Variables>(request: unknown): Variables {
  return (request as { variables: Variables }).variables;
}
