import { runSubgraph } from '@storegraph/subgraph-server';
import { loadConfig } from './config.js';
import { orders } from './subgraph.js';

await runSubgraph(orders, loadConfig(process.env));
