import { counter, gauge, histogram, startSpan } from '@storegraph/observability';

const durations = histogram(
  'graphql_plan_duration_seconds',
  'Time of planning one operation whose plan was not known.',
);
const lookups = counter('graphql_plan_cache_requests_total', 'Operations that needed a plan.', ['outcome']);
const entries = gauge('graphql_plan_cache_entries', 'Plans remembered.');

/** An operation whose plan was known. */
export function countKnownPlan(): void {
  lookups.inc({ outcome: 'hit' });
}

/** Plans, and measures how long that blocks the thread. */
export function measurePlanning<Plan>(plan: () => Plan): Plan {
  lookups.inc({ outcome: 'miss' });
  const span = startSpan({ name: 'plan' });
  const stop = durations.startTimer();
  try {
    return plan();
  } finally {
    stop();
    span?.end();
  }
}

export function showRememberedPlans(count: number): void {
  entries.set(count);
}
