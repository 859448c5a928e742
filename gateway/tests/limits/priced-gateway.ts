import { createHash } from 'node:crypto';
import { parse } from 'graphql';
import { readLimits } from '../../src/limits/limits-config.js';
import type { LimitsConfig } from '../../src/limits/limits.js';
import { DEFAULT_RATE_LIMITS, type RateLimits } from '../../src/limits/rate-limits.js';
import { buildSchema } from '../../src/platform/platform.schema.js';
import { inlineGraph, type InlineGraph } from '../inline-graph.js';
import { composeInline } from '../inline-subgraph.js';
import { startTestGateway, type TestGateway } from '../test-gateway.js';

/** The key of the program the gateway knows as `mobile`. */
export const API_KEY = 'k-1';
/** The setting `API_KEYS` that makes it known. */
export const API_KEYS = `mobile=${createHash('sha256').update(API_KEY).digest('hex')}`;

/** The inline subgraphs with the gateway's own, which says what things cost: `operationCost` five points. */
export function startPricedGateway(limits: LimitsConfig): Promise<TestGateway> {
  const graph = inlineGraph();
  return startTestGateway({ graph, supergraphSdl: pricedSupergraph(graph), config: { limits } });
}

/** @param change changes the catalog's part, as a release would */
export function pricedSupergraph(
  graph: InlineGraph,
  change: (catalog: string) => string = (catalog) => catalog,
): string {
  const services = graph.typeDefs.map((service) =>
    service.name === 'catalog'
      ? { ...service, typeDefs: parse(change(service.typeDefs.loc?.source.body ?? '')) }
      : service,
  );
  return composeInline([...services, { name: 'platform', typeDefs: parse(buildSchema().sdl) }]);
}

/** The same, with the default rate limits but for some. */
export function priced(
  rateLimits: Partial<Omit<RateLimits, 'points'>> & { points?: Partial<RateLimits['points']> },
): Promise<TestGateway> {
  const points = { ...DEFAULT_RATE_LIMITS.points, ...rateLimits.points };
  return startPricedGateway({
    ...readLimits({ API_KEYS }),
    rateLimits: { ...DEFAULT_RATE_LIMITS, ...rateLimits, points },
  });
}

export const PRODUCTS = '{ products(first: 2) { name } }';
/** The inline graph does not say how long its lists are: ten. */
export const PRODUCTS_POINTS = 10;
