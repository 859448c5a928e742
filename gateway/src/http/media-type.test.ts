import { describe, expect, it } from 'vitest';
import { answerType } from './media-type.js';

const JSON_TYPE = 'application/json; charset=utf-8';
const GRAPHQL_TYPE = 'application/graphql-response+json; charset=utf-8';

describe('the media type of an answer', () => {
  it.each([
    [undefined, JSON_TYPE],
    ['*/*', JSON_TYPE],
    ['application/*', JSON_TYPE],
    ['application/json', JSON_TYPE],
    ['application/graphql-response+json', GRAPHQL_TYPE],
    ['application/graphql-response+json, application/json', GRAPHQL_TYPE],
    ['application/json, application/graphql-response+json', JSON_TYPE],
    ['application/graphql-response+json,application/json;q=0.9', GRAPHQL_TYPE],
    ['application/json;q=0.5, application/graphql-response+json; q=0.9', GRAPHQL_TYPE],
    ['application/graphql-response+json;q=0, */*', JSON_TYPE],
    ['APPLICATION/JSON; charset="UTF-8"', JSON_TYPE],
    ['text/html, */*;q=0.1', JSON_TYPE],
    ['application/json; charset=latin1', null],
    ['application/json;q=0', null],
    ['text/html', null],
    ['multipart/mixed, text/plain', null],
  ])('for %j is %j', (accept, type) => {
    expect(answerType(accept)).toBe(type);
    expect(answerType(accept)).toBe(type);
  });
});
