/** What answers may be written as; the first is meant where the client has no preference. */
export const JSON_TYPE = 'application/json; charset=utf-8';
/** The media type whose status codes speak of the operation (GraphQL over HTTP, "application/graphql-response+json"). */
export const GRAPHQL_TYPE = 'application/graphql-response+json; charset=utf-8';

export type AnswerType = typeof JSON_TYPE | typeof GRAPHQL_TYPE;

/** In the order of our own liking. */
const OFFERS: readonly { type: AnswerType; range: string }[] = [
  { type: JSON_TYPE, range: 'application/json' },
  { type: GRAPHQL_TYPE, range: 'application/graphql-response+json' },
];

/** Clients send few different headers; more than these are read anew each time. */
const REMEMBERED_HEADERS = 100;
const remembered = new Map<string, AnswerType | null>();

/**
 * Chooses what to answer with (RFC 9110 §12.5.1).
 *
 * @returns `null` when the client takes neither
 */
export function answerType(accept: string | undefined): AnswerType | null {
  if (accept === undefined || accept === '*/*') return JSON_TYPE;
  const known = remembered.get(accept);
  if (known !== undefined) return known;
  const chosen = choose(accept);
  if (remembered.size < REMEMBERED_HEADERS) remembered.set(accept, chosen);
  return chosen;
}

type Range = { readonly range: string; readonly quality: number; readonly isUtf8: boolean };

function choose(accept: string): AnswerType | null {
  const ranges = accept.split(',').map(readRange);
  let best: { type: AnswerType; quality: number; place: number } | null = null;
  for (const offer of OFFERS) {
    const { quality, place } = preferenceFor(offer.range, ranges);
    if (quality === 0) continue;
    // Of two that are liked alike, the one named first.
    if (!best || quality > best.quality || (quality === best.quality && place < best.place))
      best = { type: offer.type, quality, place };
  }
  return best?.type ?? null;
}

/** The most specific range that covers a type decides about it. */
function preferenceFor(
  type: string,
  ranges: readonly Range[],
): { readonly quality: number; readonly place: number } {
  for (const covering of [type, 'application/*', '*/*']) {
    const place = ranges.findIndex(({ range, isUtf8 }) => range === covering && isUtf8);
    const found = ranges[place];
    if (found) return { quality: found.quality, place };
  }
  return { quality: 0, place: ranges.length };
}

function readRange(text: string): Range {
  const [range = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const valueOf = (name: string) =>
    parameters.find((parameter) => parameter.startsWith(`${name}=`))?.slice(name.length + 1);
  const quality = Number(valueOf('q') ?? 1);
  const charset = valueOf('charset')?.replaceAll('"', '') ?? 'utf-8';
  return { range, quality: Number.isNaN(quality) ? 0 : quality, isUtf8: charset === 'utf-8' };
}
