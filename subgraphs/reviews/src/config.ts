import { parseEnv } from '@storegraph/env';
import { serviceSettings } from '@storegraph/subgraph-server';

/** Settings of the reviews domain beyond those every service has: none so far. */
export type ReviewsConfig = Record<never, never>;

export function loadConfig(env: NodeJS.ProcessEnv) {
  const settings = parseEnv('reviews', serviceSettings(4005, env['NODE_ENV']), env);
  const config: ReviewsConfig = {};
  return { settings, config };
}
