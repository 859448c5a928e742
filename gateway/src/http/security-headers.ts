/** Two years (RFC 6797; the least that browsers' preload lists take is one). */
const HSTS = 'max-age=63072000; includeSubDomains';

/**
 * What every answer says to browsers, computed once. A route that serves a page sends a content security policy of its
 * own.
 *
 * @param options.isProduction whether people come by https, and must from then on
 */
export function securityHeaders({ isProduction }: { isProduction: boolean }): Record<string, string> {
  return {
    // Nothing in an answer is a page, wherever it is embedded or opened.
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-frame-options': 'DENY',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    // Product images are shown by storefronts of other origins.
    'cross-origin-resource-policy': 'cross-origin',
    ...(isProduction ? { 'strict-transport-security': HSTS } : {}),
  };
}
