import { describe, expect, it } from 'vitest';
import { startTestGateway } from './test-gateway.js';

const VISIT = { headers: { accept: 'text/html,application/xhtml+xml' } };
const LOGIN = { label: 'Ann </script>', email: 'ann@example.com', password: 'secret-1', persona: 'guest' };

describe('the playground', () => {
  it('is served at /, /playground and to browsers at /graphql, and names no other address', async () => {
    await using gateway = await startTestGateway({ demo: { logins: [LOGIN] } });
    for (const path of ['/', '/playground', '/graphql']) {
      const response = await fetch(gateway.url + path, VISIT);
      const page = await response.text();
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toContain('text/html');
      expect(page).not.toMatch(/(https?:)?\/\/[a-z]/i);
      expect(response.headers.get('content-security-policy')).toMatch(
        /default-src 'none'; script-src 'self'; .*connect-src 'self'/,
      );
    }
  });

  it('carries everything it loads', async () => {
    await using gateway = await startTestGateway();
    const page = await (await fetch(`${gateway.url}/`)).text();
    const named = [...page.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path ?? '');
    const workers = [
      'graphiql.js',
      'sessions.js',
      'live.js',
      'editorWorkerService.js',
      'json.js',
      'graphql.js',
    ];
    for (const path of [...named, ...workers.map((file) => `/playground/assets/${file}`)]) {
      const response = await fetch(gateway.url + path);
      expect([path, response.status]).toEqual([path, 200]);
      const again = await fetch(gateway.url + path, {
        headers: { 'if-none-match': response.headers.get('etag') ?? '' },
      });
      expect([path, again.status]).toEqual([path, 304]);
    }
    expect((await fetch(`${gateway.url}/playground/assets/constructor`)).status).toBe(404);
  });

  it('offers demo accounts as data that cannot become markup', async () => {
    await using gateway = await startTestGateway({ demo: { logins: [LOGIN] } });
    const page = await (await fetch(`${gateway.url}/`)).text();
    const settings = /id="settings">(.*)<\/script>/.exec(page)?.[1] ?? '';
    expect(settings).not.toContain('<');
    expect(JSON.parse(settings)).toMatchObject({
      endpoint: '/graphql',
      personas: [{ name: 'guest' }, { label: 'Ann </script>', login: { email: 'ann@example.com' } }],
    });
  });

  it('is nowhere when it is switched off', async () => {
    await using gateway = await startTestGateway({
      config: { playground: false },
      demo: { logins: [LOGIN] },
    });
    for (const path of ['/', '/playground', '/playground/assets/graphiql.js'])
      expect((await fetch(gateway.url + path, VISIT)).status).toBe(404);
    expect((await fetch(`${gateway.url}/graphql`, VISIT)).status).toBe(406);
  });
});
