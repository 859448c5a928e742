import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { DEMO_PASSWORD } from '../../standalone/src/demo/people.js';
import { UnexpectedAnswer } from '../load/http-client.js';
import { ask, compact, requestBody } from '../operations/graphql.js';
import type { OpenShop } from '../operations/operation.js';
import type { PlacedOrder } from '../operations/guest.js';

const LOGIN = compact(`
  mutation Login($input: LoginInput!) {
    login(input: $input) { ... on LoginSuccess { accessToken } ... on UserError { code message } }
  }`);
/** An entry in the history of an order is written, published and told like any change of its status. */
const NOTE = compact(`
  mutation Note($input: AddOrderNoteInput!) {
    addOrderNote(input: $input) { __typename ... on AddOrderNoteSuccess { order { id } } ... on UserError { code message } }
  }`);
const CONNECTIONS = 8;

/** @returns the access token of somebody who may move orders */
export async function signInStaff(shop: OpenShop): Promise<string> {
  const input = { email: 'staff@storegraph.test', password: DEMO_PASSWORD };
  const { data, text } = await ask<{ login: { accessToken?: string } }>(shop, requestBody(LOGIN, { input }));
  if (!data.login.accessToken) throw new UnexpectedAnswer('staff could not sign in', text);
  return data.login.accessToken;
}

/**
 * Moves orders in turn at a steady pace, whether or not the answers keep up with it.
 *
 * @returns the index of the order of each move
 */
export async function moveOrders(
  { url, staff, orders }: { url: string; staff: string; orders: readonly PlacedOrder[] },
  { rate, seconds }: { rate: number; seconds: number },
): Promise<number[]> {
  const dispatcher = new Agent({ connections: CONNECTIONS });
  const startedAt = performance.now();
  const answers: Promise<void>[] = [];
  const moved: number[] = [];
  for (let turn = 0; turn < rate * seconds; turn += 1) {
    await sleep(Math.max(0, startedAt + (turn * 1_000) / rate - performance.now()));
    const index = turn % orders.length;
    const body = requestBody(NOTE, { input: { orderId: orders[index]?.id, note: `Move ${turn}` } });
    moved.push(index);
    answers.push(move({ url, staff, body, dispatcher }));
  }
  await Promise.all(answers);
  await dispatcher.close();
  return moved;
}

async function move(turn: { url: string; staff: string; body: string; dispatcher: Agent }): Promise<void> {
  const { statusCode, body } = await request(`${turn.url}/graphql`, {
    method: 'POST',
    dispatcher: turn.dispatcher,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${turn.staff}` },
    body: turn.body,
  });
  const text = await body.text();
  if (statusCode !== 200 || !text.includes('AddOrderNoteSuccess'))
    throw new UnexpectedAnswer('the shop did not move an order', text);
}
