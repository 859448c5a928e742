import { describe, expect, it } from 'vitest';
import { scopesOf } from '@storegraph/identity';
import { inlineGraph } from './inline-graph.js';
import { startTestGateway, type TestGateway } from './test-gateway.js';

type Service = {
  name: string;
  status: string;
  circuit: string;
  latencyMillis: number | null;
  history: unknown[];
};
type Report = { status: string; version: string; uptimeSeconds: number; services: Service[] };

const statusOf = async (gateway: TestGateway): Promise<Report> =>
  (await (await fetch(`${gateway.url}/api/status.json`)).json()) as Report;
const openPage = (gateway: TestGateway) =>
  fetch(`${gateway.url}/api/status`, { headers: { accept: 'text/html,*/*;q=0.8' } });

describe('/api/status', () => {
  it('tells anybody how each part of the shop is', async () => {
    await using gateway = await startTestGateway();
    const report = await statusOf(gateway);
    expect(report).toMatchObject({ status: 'operational', version: '1.2.3' });
    expect(report.services.map(({ name, status, circuit }) => [name, status, circuit])).toEqual([
      ['catalog', 'available', 'closed'],
      ['reviews', 'available', 'closed'],
    ]);
    expect(report.services.every(({ latencyMillis }) => (latencyMillis ?? -1) >= 0)).toBe(true);
  });

  it('is JSON for programs under the same address', async () => {
    await using gateway = await startTestGateway();
    const response = await fetch(`${gateway.url}/api/status`, { headers: { accept: 'application/json' } });
    expect(await response.json()).toMatchObject({ status: 'operational' });
  });

  it('says which part is away, and not where it would be', async () => {
    await using gateway = await startTestGateway();
    gateway.graph.reviews.mode = 'down';
    const page = await (await openPage(gateway)).text();
    expect(page).toContain('<h1>Partly working</h1>');
    expect(page).toContain('reviews answered 0 of the last 1 checks');
    expect(page).not.toMatch(/10\.0\.0\.7|ECONNREFUSED/);
    expect((await statusOf(gateway)).services[1]).toMatchObject({
      status: 'unavailable',
      latencyMillis: null,
      history: [{ isAvailable: false, latencyMillis: null }],
    });
    gateway.graph.catalog.mode = 'down';
    await new Promise((resolve) => setTimeout(resolve, 2_100)); // the last check is believed for two seconds
    expect(await (await openPage(gateway)).text()).toContain('<h1>Not working</h1>');
  });

  it('shows what the services tell of themselves, those of this process being of its release', async () => {
    const graph = inlineGraph();
    const reports = [
      { version: '2.0.1 <b>', eventLagSeconds: 65 },
      { version: null, eventLagSeconds: 0 },
    ];
    const links = graph.links.map((link, index) => ({
      ...link,
      report: () => Promise.resolve(reports[index] ?? null),
    }));
    await using gateway = await startTestGateway({ graph, links });
    expect((await statusOf(gateway)).services).toMatchObject([
      { version: '2.0.1 <b>', eventLagSeconds: 65 },
      { version: '1.2.3', eventLagSeconds: 0 },
    ]);
    const page = await (await openPage(gateway)).text();
    expect(page).toContain('<br>2.0.1 &lt;b> · oldest event 1 min 5 s</p>');
    expect(page).toContain('<br>1.2.3 · no events waiting</p>');
  });

  it('asks the services once, however many people look', async () => {
    await using gateway = await startTestGateway();
    await Promise.all(Array.from({ length: 50 }, () => openPage(gateway)));
    expect(gateway.graph.requests).toHaveLength(2);
  });

  it('needs nothing from elsewhere: its policy lets in its own style and script, by their hashes, and no more', async () => {
    await using gateway = await startTestGateway({ config: { version: '<script>alert("x")</script>' } });
    const response = await openPage(gateway);
    const page = await response.text();
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'; connect-src 'self';/,
    );
    expect(policy).not.toContain('unsafe');
    expect(page).not.toMatch(/https?:|\bsrc=|<link|style=|onclick|<script>alert/);
    expect(page).toContain('&lt;script>alert');
  });
});

describe('/health/detailed', () => {
  const read = async (gateway: TestGateway, headers: Record<string, string> = {}) => {
    const response = await fetch(`${gateway.url}/health/detailed`, { headers });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };

  it('tells whoever asks from this machine everything but addresses and secrets', async () => {
    await using gateway = await startTestGateway({
      readiness: () => Promise.resolve({ database: 'ok', redis: 'unavailable' }),
    });
    const { status, body } = await read(gateway);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      service: 'gateway',
      version: '1.2.3',
      status: 'operational',
      dependencies: { database: 'ok', redis: 'unavailable' },
      subgraphs: [
        { name: 'catalog', status: 'available', circuit: 'closed' },
        { name: 'reviews', status: 'available', circuit: 'closed' },
      ],
      process: {
        node: process.version,
        eventLoop: {
          utilization: expect.any(Number) as number,
          delayP99Millis: expect.any(Number) as number,
        },
        memory: { rssBytes: expect.any(Number) as number },
      },
    });
    expect(JSON.stringify(body)).not.toMatch(/127\.0\.0\.1|localhost|a-service-key/);
  });

  it('believes no proxy that speaks for people elsewhere', async () => {
    await using gateway = await startTestGateway();
    for (const name of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'])
      expect((await read(gateway, { [name]: '203.0.113.7' })).status).toBe(401);
  });

  it.each([
    ['customer', 403],
    ['seller', 403],
    ['staff', 200],
    ['admin', 200],
  ] as const)('answers a %s from elsewhere with %i', async (role, status) => {
    await using gateway = await startTestGateway();
    const token = await gateway.token({ role, scopes: [...scopesOf(role)] });
    const headers = { 'x-forwarded-for': '203.0.113.7', authorization: `Bearer ${token}` };
    expect((await read(gateway, headers)).status).toBe(status);
  });

  it('refuses a token that is none', async () => {
    await using gateway = await startTestGateway();
    const headers = { 'x-forwarded-for': '203.0.113.7', authorization: 'Bearer nonsense' };
    expect((await read(gateway, headers)).status).toBe(401);
  });
});
