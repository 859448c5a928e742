import { get as getHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { get as getHttps } from 'node:https';
import { AddressRefused, lookupPublic, requirePublicHost } from './public-address.client.js';

export type FetchImageOutcome =
  | { kind: 'fetched'; content: Buffer }
  /** It will not be otherwise next time. */
  | { kind: 'refused'; reason: string }
  /** It may be otherwise next time; `isOffline` when not even the name could be resolved or no way led there. */
  | { kind: 'failed'; reason: string; isOffline: boolean };

const TIMEOUT_MILLIS = 10_000; // ten seconds, redirects and content together
const MOST_BYTES = 20 * 1_024 * 1_024;
const MOST_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const OFFLINE = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN']);
/** The server means what it says; 408, 425 and 429 ask to come back. */
const FINAL = (status: number) => status >= 400 && status < 500 && ![408, 425, 429].includes(status);

/**
 * Fetches a picture from an address somebody else wrote down. Only http and https, only public addresses (looked
 * at anew after each redirect), at most 20 MB within 10 seconds.
 */
export async function fetchExternalImage(
  address: string,
  { allowsPrivateNetworks }: { allowsPrivateNetworks: boolean },
): Promise<FetchImageOutcome> {
  const signal = AbortSignal.timeout(TIMEOUT_MILLIS);
  try {
    let url = new URL(address);
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
      const response = await request(url, { signal, allowsPrivateNetworks });
      const { statusCode = 0, headers } = response;
      if (REDIRECTS.has(statusCode) && headers.location) {
        response.destroy();
        url = new URL(headers.location, url);
        continue;
      }
      return await read(response, statusCode);
    }
    return { kind: 'refused', reason: 'too many redirects' };
  } catch (error) {
    return outcomeOf(error);
  }
}

function request(
  url: URL,
  { signal, allowsPrivateNetworks }: { signal: AbortSignal; allowsPrivateNetworks: boolean },
): Promise<IncomingMessage> {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new AddressRefused(url.protocol);
  if (!allowsPrivateNetworks) requirePublicHost(url.hostname);
  const options: RequestOptions = {
    signal,
    // A connection of its own: one kept open for another name was checked for that name.
    agent: false,
    lookup: allowsPrivateNetworks ? undefined : lookupPublic,
    headers: { accept: 'image/*', 'accept-encoding': 'identity', 'user-agent': 'storegraph-media' },
  };
  const get = url.protocol === 'https:' ? getHttps : getHttp;
  return new Promise((resolve, reject) => {
    get(url, options, resolve).on('error', reject);
  });
}

async function read(response: IncomingMessage, statusCode: number): Promise<FetchImageOutcome> {
  if (statusCode !== 200) {
    response.destroy();
    const reason = `answered ${statusCode}`;
    return FINAL(statusCode) ? { kind: 'refused', reason } : { kind: 'failed', reason, isOffline: false };
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    // Leaving the loop destroys the response.
    if (bytes > MOST_BYTES) return { kind: 'refused', reason: 'too large' };
    chunks.push(chunk);
  }
  if (!response.complete) return { kind: 'failed', reason: 'broke off', isOffline: false };
  return { kind: 'fetched', content: Buffer.concat(chunks) };
}

function outcomeOf(error: unknown): FetchImageOutcome {
  if (error instanceof AddressRefused) return { kind: 'refused', reason: error.message };
  const { code = '', message = String(error) } = error as { code?: string; message?: string };
  if (code === 'ERR_INVALID_URL') return { kind: 'refused', reason: 'redirected to no address' };
  return { kind: 'failed', reason: code || message, isOffline: OFFLINE.has(code) };
}
