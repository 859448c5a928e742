import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTracingConfig } from '../src/config.js';

type Line = Record<string, unknown> & { msg: string };

const SCRIPT = join(import.meta.dirname, 'traced-lines.ts');
const START_MILLIS = 60_000; // a process starts, on a machine that may be busy
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = '00f067aa0ba902b7';

/** Runs the script; answers what it logged, by message. */
async function linesWith(env: Record<string, string>, ...args: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', SCRIPT, ...args], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await once(child, 'close');
  const lines = output
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text) as Line);
  return (message: string) => lines.find(({ msg }) => msg === message);
}

async function startCollector() {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      bodies.push(body);
      response.end('{}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    bodies,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.dispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

describe('tracing', { timeout: START_MILLIS }, () => {
  it('loads nothing and makes no span unless the environment asks for it', async () => {
    const line = await linesWith({});
    expect(line('inside')).toMatchObject({ hasSpan: false });
    expect(line('inside')).not.toHaveProperty('traceparent');
    expect(line('inside')).not.toHaveProperty('trace_id');
    expect(line('thrown')).toMatchObject({ thrown: 'Error: Ann is not there' });
    // The metrics' library knows OpenTelemetry's interfaces; what does the work stays on disk.
    expect(line('loaded')?.['loaded']).toEqual(['api']);
  });

  it('goes on with the caller’s trace, names it in each log line, and sends what happened before it ends', async () => {
    using collector = await startCollector();
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
    const line = await linesWith(env, `00-${TRACE}-${PARENT}-01`);
    const inside = line('inside');
    expect(inside).toMatchObject({ trace_id: TRACE, correlationId: TRACE, hasSpan: true });
    expect(inside?.['traceparent']).toBe(`00-${TRACE}-${String(inside?.['span_id'])}-01`);
    expect(line('outside')).not.toHaveProperty('trace_id');
    expect(line('outside')).not.toHaveProperty('traceparent');
    expect(line('loaded')?.['loaded']).toEqual(
      expect.arrayContaining(['sdk-trace-base', 'exporter-trace-otlp-http']),
    );
    const sent = collector.bodies.join('\n');
    expect(sent).toContain(PARENT);
    expect(sent).toContain('NOT_THERE');
    expect(sent).not.toContain('Ann');
  });

  it('begins a trace of its own when the caller’s cannot be read, and asks to sample as the caller did', async () => {
    using collector = await startCollector();
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
    const unreadable = (await linesWith(env, `00-${TRACE}-${'0'.repeat(16)}-01`))('inside');
    expect(unreadable?.['trace_id']).toMatch(/^[\da-f]{32}$/);
    expect(unreadable?.['trace_id']).not.toBe(TRACE);
    const unsampled = (await linesWith(env, `00-${TRACE}-${PARENT}-00`))('inside');
    expect(unsampled?.['traceparent']).toMatch(new RegExp(`^00-${TRACE}-[\\da-f]{16}-00$`));
    expect(collector.bodies.join()).not.toContain(PARENT);
  });

  it('that cannot be delivered is told in the log and harms nobody', async () => {
    const line = await linesWith({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
      OTEL_EXPORTER_OTLP_TIMEOUT: '500',
    });
    expect(line('inside')).toMatchObject({ hasSpan: true });
    expect(line('traces cannot be delivered')).toMatchObject({ level: 'warn' });
    expect(line('loaded')).toBeDefined();
  });
});

describe('the environment', () => {
  const ENDPOINT = 'http://collector:4318';
  it.each([
    ['nothing', {}, null],
    ['an address', { OTEL_EXPORTER_OTLP_ENDPOINT: ENDPOINT }, 'otlp'],
    ['an address of traces', { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${ENDPOINT}/v1/traces` }, 'otlp'],
    ['the exporter alone', { OTEL_TRACES_EXPORTER: 'otlp' }, 'otlp'],
    ['the console', { OTEL_TRACES_EXPORTER: 'console' }, 'console'],
    [
      'an address, and no traces',
      { OTEL_EXPORTER_OTLP_ENDPOINT: ENDPOINT, OTEL_TRACES_EXPORTER: 'none' },
      null,
    ],
    ['a disabled SDK', { OTEL_EXPORTER_OTLP_ENDPOINT: ENDPOINT, OTEL_SDK_DISABLED: 'true' }, null],
  ])('with %s', (_what, env, exporter) => {
    expect(readTracingConfig(env)?.exporter ?? null).toBe(exporter);
  });

  it('that asks for what does not exist is refused', () => {
    expect(() => readTracingConfig({ OTEL_TRACES_EXPORTER: 'zipkin' })).toThrow('OTEL_TRACES_EXPORTER');
  });
});
