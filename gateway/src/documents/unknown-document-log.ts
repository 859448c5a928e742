import type { Logger } from '@storegraph/observability';
import { sha256 } from './sha256.js';

const NOTED_DOCUMENTS = 1_000;
const SHOWN_LENGTH = 400;

/** Strings, to the end of their line or of the text where nobody ended them (GraphQL, "String Value"), and comments. */
const WORDS_OF_CLIENTS = /#[^\n\r]*|"""[^]*?(?:(?<!\\)"""|$)|"(?:[^"\\\n\r]|\\.)*"?/g;

/** Notes each document that is not trusted once, and after a thousand of them no more. */
export function unknownDocumentLog(log: Logger): (source: string) => void {
  const noted = new Set<string>();
  return (source) => {
    if (noted.size >= NOTED_DOCUMENTS) return;
    const hash = sha256(source);
    if (noted.has(hash)) return;
    noted.add(hash);
    const document = withoutWords(source).slice(0, SHOWN_LENGTH);
    log.warn({ hash, document }, 'a document that is not trusted');
    if (noted.size === NOTED_DOCUMENTS) log.warn('further documents that are not trusted go unnoted');
  };
}

/** Who writes values into the text instead of variables may write a password there: they stay out of the log. */
export function withoutWords(source: string): string {
  return source.replace(WORDS_OF_CLIENTS, (words) => (words.startsWith('#') ? '' : '""'));
}
