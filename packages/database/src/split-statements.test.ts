import { expect, test } from 'vitest';
import { splitStatements } from './split-statements.js';

test('cuts at semicolons between statements', () => {
  expect(splitStatements('CREATE INDEX a;\n\nCREATE INDEX b;')).toEqual(['CREATE INDEX a', 'CREATE INDEX b']);
});

test.each([
  ['a literal', "INSERT INTO t VALUES ('a;b')"],
  ['a doubled quote', "INSERT INTO t VALUES ('it''s; fine')"],
  ['an escape string', "INSERT INTO t VALUES (E'it\\'s; fine')"],
  ['a literal that ends in a backslash', "INSERT INTO t VALUES ('C:\\')"],
  ['a quoted name', 'ALTER TABLE "a;b" ADD c int'],
  ['a function body', 'CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1; $$'],
  ['a tagged body that quotes another', 'DO $outer$ BEGIN EXECUTE $$ SELECT 1; $$; END $outer$'],
  ['a line comment', 'SELECT 1 -- one; two\n + 1'],
  ['a block comment', 'SELECT 1 /* one; two */ + 1'],
])('keeps a semicolon in %s', (_where, statement) => {
  expect(splitStatements(`${statement};\nSELECT 2;`)).toEqual([statement, 'SELECT 2']);
});

test('leaves out what holds no SQL', () => {
  expect(splitStatements('-- without transaction\n;;\n/* nothing */;\nSELECT 1;\n-- the end')).toEqual([
    'SELECT 1',
  ]);
});

test('takes a parameter for no dollar quote', () => {
  expect(splitStatements('SELECT $1; SELECT $2')).toEqual(['SELECT $1', 'SELECT $2']);
});
