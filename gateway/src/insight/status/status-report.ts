import { gaugeValues } from '@storegraph/observability';
import { ServiceAvailability } from '../../platform/service-status.type.js';
import { rounded } from '../explain.js';
import type { ServiceWatch } from './service-watch.js';

/** How the shop is, for anybody: no addresses, no reasons, nothing that helps an attacker more than trying would. */
export type StatusReport = {
  readonly status: 'operational' | 'degraded' | 'down';
  readonly version: string;
  readonly startedAt: string;
  readonly uptimeSeconds: number;
  readonly checkedAt: string;
  readonly services: readonly ReportedService[];
  /** Events on their way between domains; null where the domains run elsewhere and count them themselves. */
  readonly events: { readonly waiting: number; readonly lagSeconds: number } | null;
};

export type ReportedService = {
  readonly name: string;
  readonly status: 'available' | 'unavailable';
  /** Whether the gateway passes requests on to it. */
  readonly circuit: 'closed' | 'half-open' | 'open';
  /** How long it took to answer, when it did. */
  readonly latencyMillis: number | null;
  /** What its release is called, if it says so. */
  readonly version: string | null;
  /** Age of the oldest of its events that wait for the others, if it says so. */
  readonly eventLagSeconds: number | null;
  /** The last checks, the oldest first. */
  readonly history: readonly { readonly isAvailable: boolean; readonly latencyMillis: number | null }[];
};

const CIRCUITS = { CLOSED: 'closed', HALF_OPEN: 'half-open', OPEN: 'open' } as const;

export async function reportStatus(options: {
  version: string;
  startedAt: Date;
  watch: ServiceWatch;
}): Promise<StatusReport> {
  const { version, startedAt, watch } = options;
  const found = await watch.current();
  const services = found.map(({ name, status, circuit, latencyMillis, ...told }): ReportedService => ({
    name,
    status: status === ServiceAvailability.AVAILABLE ? 'available' : 'unavailable',
    circuit: CIRCUITS[circuit],
    latencyMillis: roundedIfKnown(latencyMillis),
    version: told.version,
    eventLagSeconds: roundedIfKnown(told.eventLagSeconds),
    history: watch.history(name).map((check) => ({
      isAvailable: check.isAvailable,
      latencyMillis: roundedIfKnown(check.latencyMillis),
    })),
  }));
  return {
    status: overall(services),
    version,
    startedAt: startedAt.toISOString(),
    uptimeSeconds: Math.floor((Date.now() - startedAt.getTime()) / 1_000),
    checkedAt: (found[0]?.checkedAt ?? new Date()).toISOString(),
    services,
    events: await waitingEvents(),
  };
}

function overall(services: readonly ReportedService[]): StatusReport['status'] {
  const fine = services.filter(({ status, circuit }) => status === 'available' && circuit === 'closed');
  if (fine.length === services.length) return 'operational';
  return services.some(({ status }) => status === 'available') ? 'degraded' : 'down';
}

/** As counted by the domains of this process, ten seconds ago at most. */
export async function waitingEvents(): Promise<StatusReport['events']> {
  const [waiting, lag] = await Promise.all([
    gaugeValues('outbox_unpublished_events'),
    gaugeValues('outbox_lag_seconds'),
  ]);
  if (waiting.length === 0) return null;
  return {
    waiting: waiting.reduce((sum, { value }) => sum + value, 0),
    lagSeconds: rounded(Math.max(0, ...lag.map(({ value }) => value))),
  };
}

function roundedIfKnown(value: number | null): number | null {
  return value === null ? null : rounded(value);
}
