import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

const registry = new Registry();
let defaultsCollected = false;

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** A count that only grows. Defining the same name twice answers the first. */
export function counter(name: string, help: string, labelNames: readonly string[] = []): Counter {
  return (
    existing<Counter>(name) ?? new Counter({ name, help, labelNames: [...labelNames], registers: [registry] })
  );
}

/** A value that rises and falls. */
export function gauge(name: string, help: string, labelNames: readonly string[] = []): Gauge {
  return (
    existing<Gauge>(name) ?? new Gauge({ name, help, labelNames: [...labelNames], registers: [registry] })
  );
}

/** A distribution of durations, in seconds. */
export function histogram(name: string, help: string, labelNames: readonly string[] = []): Histogram {
  return (
    existing<Histogram>(name) ??
    new Histogram({ name, help, labelNames: [...labelNames], buckets: SECONDS, registers: [registry] })
  );
}

/** A distribution of anything but durations, over bounds that fit it. */
export function distribution(name: string, help: string, bounds: readonly number[]): Histogram {
  return (
    existing<Histogram>(name) ?? new Histogram({ name, help, buckets: [...bounds], registers: [registry] })
  );
}

const samplers = new Set<() => void>();

/** Calls `sample` before each scrape, for gauges of what is only worth knowing when somebody asks. @returns how to stop it */
export function beforeScrape(sample: () => void): () => void {
  samplers.add(sample);
  return () => void samplers.delete(sample);
}

/** What a gauge of this process shows right now, by labels; nothing for a gauge that does not exist. */
export async function gaugeValues(
  name: string,
): Promise<{ labels: Partial<Record<string, string | number>>; value: number }[]> {
  measureProcess();
  return (await existing<Gauge>(name)?.get())?.values ?? [];
}

/** Everything measured in this process, in Prometheus text format 0.0.4. */
export async function metricsText(): Promise<{ contentType: string; body: string }> {
  measureProcess();
  for (const sample of samplers) sample();
  return { contentType: registry.contentType, body: await registry.metrics() };
}

/** Memory, CPU, event loop and garbage collection, from the first time anybody asks. */
function measureProcess(): void {
  if (defaultsCollected) return;
  defaultsCollected = true;
  collectDefaultMetrics({ register: registry });
}

function existing<Metric>(name: string): Metric | undefined {
  return registry.getSingleMetric(name) as Metric | undefined;
}
