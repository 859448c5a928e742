import type { RequestContext } from '@storegraph/subgraph-server';
import type { QuoteOperation } from '../limits/quote.js';
import type { ServiceStatus } from './service-status.type.js';

/** What the platform's resolvers work with. */
export type PlatformContext = RequestContext & {
  readonly checkServices: () => Promise<ServiceStatus[]>;
  readonly quoteOperation: QuoteOperation;
};
