import { accounts } from '@storegraph/accounts';
import { readAccountsConfig } from '@storegraph/accounts/config';
import { catalog } from '@storegraph/catalog';
import { readCatalogConfig } from '@storegraph/catalog/config';
import { databaseUrl, type StatementKind } from '@storegraph/database';
import type { Messaging } from '@storegraph/events';
import { media } from '@storegraph/media';
import { readMediaConfig } from '@storegraph/media/config';
import { orders } from '@storegraph/orders';
import { readOrdersConfig } from '@storegraph/orders/config';
import { reviews } from '@storegraph/reviews';
import { readReviewsConfig } from '@storegraph/reviews/config';
import { startSubgraph, type RunningSubgraph, type SubgraphLink } from '@storegraph/subgraph-server';

export const DOMAINS = ['accounts', 'catalog', 'orders', 'media', 'reviews'] as const;

type Surroundings = {
  /** The server all domains share; each opens a database of its own on it. */
  readonly serverUrl: string;
  readonly messaging: Messaging;
  readonly serviceKeys: readonly [string, ...string[]];
  /** The domains' settings, as their own processes would find them. */
  readonly env: NodeJS.ProcessEnv;
  /** Called for each SQL statement a domain sends: tests count them. */
  readonly onStatement?: OnStatement;
};

/** Told of a statement, and of whose it is. */
export type OnStatement = (domain: string, text: string, kind: StatementKind) => void;

export type Domains = Awaited<ReturnType<typeof startDomains>>;

/**
 * Starts every domain in this process, each on its own database, linked to the others by plain calls.
 *
 * @throws what any of them throws at start-up; those already running are stopped first
 */
export async function startDomains(surroundings: Surroundings) {
  const { serverUrl, messaging, serviceKeys, env, onStatement } = surroundings;
  const running = new Map<string, RunningSubgraph>();
  const place = <Config>(name: (typeof DOMAINS)[number], config: Config) => ({
    config,
    databaseUrl: databaseUrl(serverUrl, name),
    messaging,
    serviceKeys,
    link: (neighbour: string) => linkTo(neighbour, running),
    onStatement: onStatement && ((text: string, kind: StatementKind) => onStatement(name, text, kind)),
  });
  const keep = async <Running extends RunningSubgraph>(starting: Promise<Running>): Promise<Running> => {
    const subgraph = await starting;
    running.set(subgraph.name, subgraph);
    return subgraph;
  };
  const close = async () => {
    for (const subgraph of [...running.values()].reverse()) await subgraph.close();
  };
  try {
    const [accountsDomain, catalogDomain, ordersDomain, mediaDomain, reviewsDomain] = await Promise.all([
      keep(startSubgraph(accounts, place('accounts', readAccountsConfig(env)))),
      keep(startSubgraph(catalog, place('catalog', readCatalogConfig(env)))),
      keep(startSubgraph(orders, place('orders', readOrdersConfig(env)))),
      keep(startSubgraph(media, place('media', readMediaConfig(env)))),
      keep(startSubgraph(reviews, place('reviews', readReviewsConfig()))),
    ]);
    return {
      accounts: accountsDomain,
      catalog: catalogDomain,
      orders: ordersDomain,
      media: mediaDomain,
      reviews: reviewsDomain,
      all: [...running.values()],
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Domains start side by side, so a neighbour is looked up when it is asked, not when it is named. */
function linkTo(name: string, running: ReadonlyMap<string, RunningSubgraph>): SubgraphLink {
  const found = () => {
    const subgraph = running.get(name);
    if (!subgraph) throw new Error(`${name} is not running yet`);
    return subgraph;
  };
  return {
    name,
    execute: async (request) => found().execute(request),
    subscribe: async (request) => found().subscribe(request),
    close: () => Promise.resolve(),
  };
}
