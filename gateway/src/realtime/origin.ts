import type { IncomingHttpHeaders } from 'node:http';

/** Whether a page may open a connection. Only browsers name an origin; who names none is no page. */
export type AllowsOrigin = (headers: IncomingHttpHeaders) => boolean;

/**
 * Browsers let any page open a WebSocket to any host, and ask nobody: the server has to look (RFC 6455 §10.2). Pages of
 * the gateway itself may, and those of the origins that may call over HTTP.
 */
export function createOriginCheck(options: {
  corsOrigins: readonly string[];
  publicUrl: string | null;
  trustProxy: boolean;
}): AllowsOrigin {
  const { corsOrigins, publicUrl, trustProxy } = options;
  const known = new Set(corsOrigins.map((origin) => origin.toLowerCase()));
  if (publicUrl) known.add(new URL(publicUrl).origin);
  return (headers) => {
    const origin = headers.origin?.toLowerCase();
    if (origin === undefined || known.has('*') || known.has(origin)) return true;
    const forwarded = trustProxy ? headers['x-forwarded-host']?.toString() : undefined;
    return hostOf(origin) === (forwarded ?? headers.host)?.toLowerCase();
  };
}

/** `null` for an opaque origin, such as that of a sandboxed frame. */
function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
