import { readFileSync } from 'node:fs';
import { Kind, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { requireSmallDocument } from '../src/limits/document-size.js';
import { readTabs } from '../src/playground/playground.js';
import { loadSupergraph } from '../src/supergraph/load-supergraph.js';

const COMMITTED = new URL('../../schema/supergraph.graphql', import.meta.url);
const { schema } = loadSupergraph(readFileSync(COMMITTED, 'utf8'));
const tabs = [...readTabs()].flatMap(([persona, texts]) =>
  texts.map((text) => ({ persona, text, names: namesIn(text) })),
);

/** The names of the operations in a document; `undefined` for one without. */
function namesIn(text: string): (string | undefined)[] {
  return parse(text).definitions.flatMap((one) =>
    one.kind === Kind.OPERATION_DEFINITION ? [one.name?.value] : [],
  );
}

describe('the example operations of the playground', () => {
  it.each(tabs)('are valid for a $persona: $names.0', ({ text }) => {
    const document = parse(text);
    requireSmallDocument(document);
    expect(validate(schema, document).map(({ message }) => message)).toEqual([]);
  });

  it('have names to tell their tabs apart, and every persona has some', () => {
    const names = tabs.flatMap((tab) => tab.names);
    expect(new Set(names).size).toBe(names.length);
    expect(names).not.toContain(undefined);
    expect([...new Set(tabs.map(({ persona }) => persona))].sort()).toEqual([
      'admin',
      'guest',
      'seller',
      'shopper',
      'staff',
    ]);
  });
});
