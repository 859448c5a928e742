import { parseEnv } from '@storegraph/env';
import { serviceSettings } from '@storegraph/subgraph-server';

/** Settings of the reviews domain beyond those every service has: none so far. */
export type ReviewsConfig = Record<never, never>;

/** The settings of a reviews process. @throws {InvalidEnvironment} naming every problem */
export function loadConfig(env: NodeJS.ProcessEnv) {
  const settings = parseEnv('reviews', serviceSettings(4005, env['NODE_ENV']), env);
  return { settings, config: readReviewsConfig() };
}

/** The domain's own settings, for whoever runs it together with others. */
export function readReviewsConfig(): ReviewsConfig {
  return {};
}
