import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Kind, parse } from 'graphql';
import type { Data, Visitor, Watched } from './visitor.js';

const FOLDER = resolve(import.meta.dirname, '../../../schema/operations');

type Variables = Record<string, unknown>;

/** The operations clients were promised, by name, as they are sent: with the whole document they are in. */
export type KeptOperations = {
  readonly names: readonly string[];
  readonly documents: { file: string; text: string }[];
  /** The names of those that have been run. */
  readonly ran: ReadonlySet<string>;
  /** Runs one. @throws when its answer has errors, or is a failure of a mutation */
  run(name: string, visitor: Visitor, variables?: Variables): Promise<Data>;
  watch(name: string, visitor: Visitor, variables: Variables): Watched;
};

export function readKeptOperations(): KeptOperations {
  const documents = readdirSync(FOLDER).map((file) => ({
    file,
    text: readFileSync(join(FOLDER, file), 'utf8'),
  }));
  const byName = new Map(documents.flatMap(({ text }) => namesIn(text).map((name) => [name, text] as const)));
  const ran = new Set<string>();
  const textOf = (name: string): string => {
    const text = byName.get(name);
    if (!text) throw new Error(`no operation ${name} is kept`);
    ran.add(name);
    return text;
  };
  return {
    names: [...byName.keys()],
    documents,
    ran,
    async run(name, visitor, variables = {}) {
      const answer = await visitor.post(
        JSON.stringify({ query: textOf(name), variables, operationName: name }),
      );
      const outcomes = Object.values(answer.data) as (Data | null)[];
      const failed = outcomes.some((outcome) => typeof outcome?.['message'] === 'string');
      if (answer.errors.length > 0 || outcomes.length === 0 || failed)
        throw new Error(`${name} answered ${answer.text}`);
      return answer.data;
    },
    watch: (name, visitor, variables) => visitor.watch(textOf(name), variables, name),
  };
}

function namesIn(text: string): string[] {
  return parse(text).definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION && definition.name ? [definition.name.value] : [],
  );
}
