import { performance } from 'node:perf_hooks';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { hasScopes } from '@storegraph/identity';
import { gaugeValues } from '@storegraph/observability';
import { refusal, type RefusalCode } from '@storegraph/subgraph-server';
import type { Readiness } from '../../http/health.js';
import type { Authenticate } from '../../identity/authenticate.js';
import type { ServiceWatch } from './service-watch.js';
import { reportStatus } from './status-report.js';

const READERS = [['platform:read']];
const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;
const STATUSES: Readonly<Record<string, number>> = { UNAUTHENTICATED: 401, FORBIDDEN: 403 };
/** A proxy on the same machine speaks for people elsewhere, and says so in one of these. */
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'];

type Options = {
  readonly version: string;
  readonly readiness: Readiness;
  readonly watch: ServiceWatch;
  readonly authenticate: Authenticate;
};

/**
 * `/health/detailed`: the whole state of the process, without hosts and secrets. For whoever asks from this very machine,
 * past any proxy, and for staff (`platform:read`) from anywhere; anybody else gets 401 or 403.
 */
export function addDetailedHealth(app: FastifyInstance, options: Options): void {
  const startedAt = new Date();
  let loop = performance.eventLoopUtilization();
  app.get('/health/detailed', async (request, reply) => {
    const refused = await refusedTo(request, options.authenticate);
    if (refused) return reply.code(statusOf(refused)).send({ errors: [refused] });
    const sinceLast = performance.eventLoopUtilization(loop);
    loop = performance.eventLoopUtilization();
    const [dependencies, { services, events, ...report }] = await Promise.all([
      options.readiness(),
      reportStatus({ ...options, startedAt }),
    ]);
    return reply.header('cache-control', 'no-store').send({
      service: 'gateway',
      ...report,
      dependencies,
      subgraphs: services.map(({ history: _history, ...service }) => service),
      events,
      process: { node: process.version, ...(await eventLoop(sinceLast.utilization)), ...resources() },
      plansRemembered: (await gaugeValues('graphql_plan_cache_entries'))[0]?.value ?? 0,
    });
  });
}

/** Why whoever asks may not see it, or null. */
async function refusedTo(
  { headers, socket }: FastifyRequest,
  authenticate: Authenticate,
): Promise<GraphQLError | null> {
  const isHere = LOOPBACK.test(socket.remoteAddress ?? '') && !FORWARDED.some((name) => name in headers);
  if (isHere) return null;
  try {
    const { viewer } = await authenticate(headers.authorization);
    if (hasScopes(viewer, READERS)) return null;
    return viewer.kind === 'anonymous'
      ? refusal('UNAUTHENTICATED', 'Sign in to see this.')
      : refusal('FORBIDDEN', 'This is for staff.');
  } catch (error) {
    if (error instanceof GraphQLError) return refusal(error.extensions['code'] as RefusalCode, error.message);
    throw error;
  }
}

function statusOf({ extensions }: GraphQLError): number {
  return STATUSES[String(extensions['code'])] ?? 503;
}

/** How late timers fire, and the share of time since the last look that JavaScript was running. */
async function eventLoop(utilization: number) {
  const of = async (name: string) => (await gaugeValues(`nodejs_eventloop_lag_${name}`))[0]?.value ?? 0;
  await of('seconds'); // reading it brings the others up to date
  const [mean, p99] = await Promise.all([of('mean_seconds'), of('p99_seconds')]);
  return {
    eventLoop: {
      delayMeanMillis: millis(mean),
      delayP99Millis: millis(p99),
      utilization: Math.round(utilization * 1_000) / 1_000,
    },
  };
}

function resources() {
  const { rss, heapUsed, heapTotal, external } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  return {
    memory: { rssBytes: rss, heapUsedBytes: heapUsed, heapTotalBytes: heapTotal, externalBytes: external },
    cpu: { userSeconds: user / 1e6, systemSeconds: system / 1e6 },
  };
}

function millis(seconds: number): number {
  return Number.isFinite(seconds) ? Math.round(seconds * 100_000) / 100 : 0;
}
