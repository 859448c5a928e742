import type { IncomingMessage } from 'node:http';
import type { ClientDevice } from '@storegraph/identity';

const USER_AGENT_LENGTH = 256;

/** The device behind a request, with no more of its own words than are useful. */
export function deviceOf(address: string | undefined, userAgent: string | undefined): ClientDevice {
  return { address: address ?? null, userAgent: userAgent?.slice(0, USER_AGENT_LENGTH) ?? null };
}

/** The address behind a socket, which Fastify does not see; a proxy's word counts only when proxies are trusted. */
export function deviceOfSocket(request: IncomingMessage, trustProxy: boolean): ClientDevice {
  const forwarded = trustProxy
    ? request.headers['x-forwarded-for']?.toString().split(',')[0]?.trim()
    : undefined;
  return deviceOf(forwarded || request.socket.remoteAddress, request.headers['user-agent']);
}
