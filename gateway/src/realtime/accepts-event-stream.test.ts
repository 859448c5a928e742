import { expect, it } from 'vitest';
import { prefersEventStream } from './accepts-event-stream.js';

it.each<[accept: string | undefined, isPreferred: boolean]>([
  [undefined, false],
  ['*/*', false],
  ['text/*', false],
  ['application/json', false],
  ['text/event-stream', true],
  ['TEXT/EVENT-STREAM'.toLowerCase(), true],
  ['text/event-stream, application/json', true],
  ['application/json, text/event-stream', false],
  ['application/json;q=0.5, text/event-stream', true],
  ['application/graphql-response+json, application/json;q=0.9, text/event-stream;q=0.8', false],
  ['text/event-stream;q=0', false],
  ['text/event-stream;q=nonsense', false],
  ['text/event-stream, */*', true],
])('of "Accept: %s", an event stream is preferred: %s', (accept, isPreferred) => {
  expect(prefersEventStream(accept)).toBe(isPreferred);
});
