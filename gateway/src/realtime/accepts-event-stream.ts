const EVENT_STREAM = 'text/event-stream';
const OTHERS = ['application/graphql-response+json', 'application/json'];

/**
 * Whether a client would rather have an event stream than JSON (RFC 9110 §12.5.1). A wildcard is no wish for a stream;
 * of equal wishes the first counts.
 */
export function prefersEventStream(accept: string | undefined): boolean {
  if (!accept?.includes(EVENT_STREAM)) return false;
  const wishes = accept.split(',').map(readWish);
  const best = wishes
    .filter(({ type, weight }) => weight > 0 && (type === EVENT_STREAM || OTHERS.includes(type)))
    .reduce((first, one) => (one.weight > first.weight ? one : first), { type: '', weight: 0 });
  return best.type === EVENT_STREAM;
}

function readWish(range: string): { type: string; weight: number } {
  const [type = '', ...params] = range.split(';').map((part) => part.trim().toLowerCase());
  const weight = Number(params.find((param) => param.startsWith('q='))?.slice(2) ?? 1);
  return { type, weight: Number.isNaN(weight) ? 0 : weight };
}
