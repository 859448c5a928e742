import { describe, expect, it } from 'vitest';
import { createBodyWriter } from './request-body.js';

const QUERY = 'query Q($id: ID!) { book(id: $id, note: """a "quoted"\n\u2028 \ud83d\ude00""") { title } }';

describe('the body of a request', () => {
  it('says what JSON.stringify would say of it', () => {
    const write = createBodyWriter();
    const requests = [
      { query: QUERY },
      { query: QUERY, variables: { id: 'b"1', deep: [{ a: null }] } },
      { query: QUERY, variables: {}, operationName: 'Q' },
      { query: QUERY, operationName: 'Q' },
    ];
    for (const request of [...requests, ...requests])
      expect(JSON.parse(write({ ...request, proof: 'secret' }))).toEqual(request);
  });

  it('takes the text of variables from who has it', () => {
    const body = createBodyWriter()({ query: '{ a }', variablesJson: '{"n":1.0}', proof: '' });
    expect(body).toBe('{"query":"{ a }","variables":{"n":1.0}}');
  });

  it('stays right for more queries than are remembered, and for long ones', () => {
    const write = createBodyWriter();
    const queries = Array.from({ length: 2_500 }, (_, index) => `{ a${index} }`);
    for (const query of [...queries, queries[0] ?? '', `{ ${'b '.repeat(20_000)} }`])
      expect(JSON.parse(write({ query, proof: '' }))).toEqual({ query });
  });
});
