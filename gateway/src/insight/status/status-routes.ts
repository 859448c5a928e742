import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ServiceWatch } from './service-watch.js';
import { statusPage } from './status-page.js';
import { reportStatus, type StatusReport } from './status-report.js';

/**
 * `/api/status`: how the shop is, as a page for browsers and as JSON for programs; `/api/status.json`: always JSON. Open
 * to everybody, and cheap however many look: the services are asked every two seconds at most.
 */
export function addStatus(app: FastifyInstance, options: { version: string; watch: ServiceWatch }): void {
  const startedAt = new Date();
  const show = createPage();
  const report = () => reportStatus({ ...options, startedAt });
  app.get('/api/status', async (request, reply) => {
    void reply.header('cache-control', 'no-store').header('vary', 'accept');
    return wantsPage(request) ? show(reply, await report()) : report();
  });
  app.get('/api/status.json', async (_request, reply) => {
    void reply.header('cache-control', 'no-store');
    return report();
  });
}

function wantsPage({ headers }: FastifyRequest): boolean {
  return (headers.accept ?? '').includes('text/html');
}

/** The page with its style and script inside, and a policy that lets nothing else in. */
function createPage(): (reply: FastifyReply, report: StatusReport) => FastifyReply {
  const css = readBeside('status.css');
  const script = readBeside('status.js');
  const policy = [
    "default-src 'none'",
    `style-src '${hashOf(css)}'`,
    `script-src '${hashOf(script)}'`,
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
  return (reply, report) =>
    reply
      .header('content-security-policy', policy)
      .type('text/html; charset=utf-8')
      .send(statusPage(report, { css, script }));
}

function readBeside(file: string): string {
  return readFileSync(new URL(`./browser/${file}`, import.meta.url), 'utf8');
}

/** Content Security Policy Level 3, "hash-source". */
function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
