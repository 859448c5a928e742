import { ServiceAvailability, type ServiceStatus } from '../../platform/service-status.type.js';

/** One sign of life, or its absence. */
export type Check = {
  readonly at: Date;
  readonly isAvailable: boolean;
  readonly latencyMillis: number | null;
};

export type ServiceWatch = {
  /** How the services are, as known for two seconds at most. */
  current(): Promise<readonly ServiceStatus[]>;
  /** The last checks of a service, the oldest first. */
  history(name: string): readonly Check[];
  close(): void;
};

/** However many people look, the services are asked this often at most. */
const KNOWN_FOR_MILLIS = 2_000; // two seconds
const CHECK_EVERY_MILLIS = 10_000; // ten seconds, while somebody looks
/** After the last look, so that whoever comes back soon finds a history without gaps. */
const WATCH_FOR_MILLIS = 900_000; // a quarter of an hour
const REMEMBERED_CHECKS = 60;

/** Keeps an eye on the services while anybody is interested, and asks nothing while nobody is. */
export function createServiceWatch(check: () => Promise<ServiceStatus[]>): ServiceWatch {
  const checks = new Map<string, Check[]>();
  let latest: { readonly at: number; readonly services: Promise<ServiceStatus[]> } | null = null;
  let lookedAt = 0;
  let timer: NodeJS.Timeout | undefined;

  const refresh = (): Promise<ServiceStatus[]> => {
    const services = check().then((found) => {
      for (const one of found) remember(checks, one);
      return found;
    });
    latest = { at: Date.now(), services };
    return services;
  };
  const watch = (): void => {
    timer ??= setInterval(() => {
      if (Date.now() - lookedAt < WATCH_FOR_MILLIS) return void refresh().catch(() => undefined);
      clearInterval(timer);
      timer = undefined;
    }, CHECK_EVERY_MILLIS).unref();
  };

  return {
    current() {
      lookedAt = Date.now();
      watch();
      return latest && lookedAt - latest.at < KNOWN_FOR_MILLIS ? latest.services : refresh();
    },
    history: (name) => checks.get(name) ?? [],
    close: () => clearInterval(timer),
  };
}

function remember(
  checks: Map<string, Check[]>,
  { name, status, latencyMillis, checkedAt }: ServiceStatus,
): void {
  const known = checks.get(name) ?? [];
  known.push({ at: checkedAt, isAvailable: status === ServiceAvailability.AVAILABLE, latencyMillis });
  if (known.length > REMEMBERED_CHECKS) known.shift();
  checks.set(name, known);
}
