import { counter, histogram } from '@storegraph/observability';

const answers = counter('answer_cache_total', 'Operations that may be kept, by how they were answered.', [
  'result',
]);

/** Bound once: finding a label costs more than counting. */
export const counted = {
  /** From what was kept. */
  hit: answers.labels('hit'),
  /** By asking the subgraphs. */
  miss: answers.labels('miss'),
  /** Along with somebody who was asking the subgraphs already. */
  shared: answers.labels('shared'),
  /** Without the cache: the viewer has just changed something, wants it fresh, or changes cannot be heard. */
  bypass: answers.labels('bypass'),
};

const entities = counter('entity_cache_total', 'Entities that may be kept, by how fetches got them.', [
  'result',
]);

export const countedEntities = {
  /** From what was kept. */
  hit: entities.labels('hit'),
  /** By asking the subgraph. */
  miss: entities.labels('miss'),
  /** From somebody who was asking the subgraph already. */
  shared: entities.labels('shared'),
};

/** From the moment something happened to the moment nothing stale is left, by the domain that answers differently now. */
export const purgeLag = histogram(
  'answer_cache_purge_lag_seconds',
  'Time from an event to the purge of what it made stale.',
  ['domain'],
);
