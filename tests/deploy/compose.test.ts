import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { composeSchema } from './compose-schema.js';

const ROOT = join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

interface Service {
  image: string;
  build?: { args?: Record<string, string> };
  environment?: Record<string, string | number | null>;
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: unknown;
  ports?: string[];
  expose?: string[];
  volumes?: string[];
}
interface ComposeFile {
  services: Record<string, Service>;
  volumes: Record<string, null>;
}

/** The Compose Specification's own schema, as its linter carries it. Its `$schema` is an alias Ajv does not know. */
const SPECIFICATION = join(
  dirname(createRequire(import.meta.url).resolve('dclint/package.json')),
  'schemas/compose.schema.json',
);
const { $schema: _dialect, ...specification } = JSON.parse(readFileSync(SPECIFICATION, 'utf8')) as object & {
  $schema: string;
};
const isSpecified = new Ajv({ strict: false, allErrors: true }).compile(specification);

/** The part of it that we use, where a misspelt element is an error. */
const isValid = new Ajv({
  strict: true,
  strictTuples: false,
  allowUnionTypes: true,
  allErrors: true,
}).compile(composeSchema);
const text = read('docker-compose.yml');
const compose = parse(text, { merge: true }) as ComposeFile;
const services = Object.entries(compose.services);
const ours = services.filter(([, service]) => service.build);
const SUBGRAPH_PORTS = { accounts: '4001', catalog: '4002', orders: '4003', media: '4004', reviews: '4005' };

describe('docker-compose.yml', () => {
  test('is what the Compose Specification allows', () => {
    isSpecified(compose);
    expect(isSpecified.errors ?? []).toEqual([]);
    expect(isSpecified({ ...compose, services: { gateway: { ports: '4000:4000' } } })).toBe(false);
  });

  test('keeps to the elements we know', () => {
    isValid(compose);
    expect(isValid.errors ?? []).toEqual([]);
  });

  test.each([
    ['a misspelt element', { healthchek: {} }],
    ['a health check without a test', { healthcheck: { interval: '5s' } }],
    ['a duration without a unit', { stop_grace_period: '15' }],
    ['an unquoted switch in the environment', { environment: { ON: true } }],
    ['a dependency without a condition', { depends_on: { redis: {} } }],
    ['a port that is a number', { ports: [4000] }],
  ])('would not be with %s', (_name, wrong) => {
    const gateway = { ...compose.services['gateway'], ...wrong };
    expect(isValid({ ...compose, services: { ...compose.services, gateway } })).toBe(false);
  });

  test('runs the gateway, the five subgraphs, PostgreSQL and Redis', () => {
    expect(Object.keys(compose.services).sort()).toEqual(
      ['postgres', 'redis', 'gateway', ...Object.keys(SUBGRAPH_PORTS)].sort(),
    );
  });

  test.each(services)('%s has a health check', (_name, service) => {
    expect(service.healthcheck).toBeDefined();
  });

  test.each(services)('%s waits, until they are healthy, for services that exist', (_name, service) => {
    for (const [dependency, { condition }] of Object.entries(service.depends_on ?? {})) {
      expect(compose.services).toHaveProperty(dependency);
      expect(condition).toBe('service_healthy');
    }
  });

  test('no service waits for itself, however far around', () => {
    const reaches = (name: string, seen: string[] = []): string[] =>
      Object.keys(compose.services[name]?.depends_on ?? {}).flatMap((next) =>
        seen.includes(next) ? [next] : [next, ...reaches(next, [...seen, next])],
      );
    for (const [name] of services) expect(reaches(name)).not.toContain(name);
  });

  test('volumes are named, declared and used', () => {
    const used = services
      .flatMap(([, service]) => service.volumes ?? [])
      .map((volume) => volume.split(':')[0]);
    expect(new Set(used)).toEqual(new Set(Object.keys(compose.volumes)));
  });

  test('only the gateway is published, and to this machine alone', () => {
    const published = services.flatMap(([name, service]) =>
      (service.ports ?? []).map((port) => [name, port]),
    );
    expect(published).toEqual([['gateway', '127.0.0.1:4000:4000']]);
  });

  test.each(Object.entries(SUBGRAPH_PORTS))(
    '%s listens where the others look for it, on %s',
    (name, port) => {
      const service = compose.services[name];
      expect(service?.environment).toMatchObject({ PORT: port });
      expect(service?.expose).toEqual([port]);
      const address = compose.services['gateway']?.environment?.[`${name.toUpperCase()}_URL`];
      expect(address).toBe(`http://${name}:${port}/graphql`);
    },
  );

  test('secrets come from .env, without a default', () => {
    const secrets = services
      .flatMap(([, service]) => Object.entries(service.environment ?? {}))
      .filter(([name]) => /(_KEY|_SECRET|PASSWORD|TOKEN)$/.test(name));
    expect(secrets.length).toBeGreaterThan(0);
    // Required, or empty when not given; never with a value of ours.
    for (const [, value] of secrets) expect(value).toMatch(/^\$\{[A-Z_]+:(\?[^}]+|-)\}$/);
    expect(text).not.toMatch(/:\/\/\w+:[^$@\s]+@/);
  });
});

describe('Dockerfile', () => {
  const lines = read('Dockerfile').split('\n');

  test('builds each service of the compose file from a folder that exists', () => {
    for (const [, service] of ours) {
      expect(existsSync(join(ROOT, service.build?.args?.['SERVICE'] ?? 'missing', 'package.json'))).toBe(
        true,
      );
    }
  });

  test('the service runs without root rights and reports its health', () => {
    const service = lines.slice(lines.findIndex((line) => / AS service$/.test(line)));
    expect(service).toContain('USER node');
    expect(service.some((line) => line.startsWith('HEALTHCHECK'))).toBe(true);
    expect(service.findIndex((line) => line.startsWith('USER'))).toBeLessThan(
      service.findIndex((line) => line.startsWith('CMD')),
    );
  });
});
