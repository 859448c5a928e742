import { describe, expect, it } from 'vitest';
import { withoutWords } from './unknown-document-log.js';

describe('what is logged of a document', () => {
  it.each([
    ['a string', '{ login(password: "hunter2") { id } }', '{ login(password: "") { id } }'],
    ['a string with quotes', String.raw`{ a(b: "x\"hunter2\\") }`, '{ a(b: "") }'],
    ['a string nobody ended', '{ a(b: "hunter2\n) }', '{ a(b: ""\n) }'],
    ['a block string', '{ a(b: """hunter2 "or"\n so""") c }', '{ a(b: "") c }'],
    ['a block string with quotes', String.raw`{ a(b: """x\"""hunter2""") c }`, '{ a(b: "") c }'],
    ['a block string nobody ended', '{ a(b: """hunter2', '{ a(b: ""'],
    ['a comment', '{ a # hunter2 """\n b(c: """hunter2""") }', '{ a \n b(c: "") }'],
  ])('is no word of %s', (_what, source, logged) => {
    expect(withoutWords(source)).toBe(logged);
  });
});
