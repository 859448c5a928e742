import { runSubgraph } from '@storegraph/subgraph-server';
import { loadConfig } from './config.js';
import { reviews } from './subgraph.js';

await runSubgraph(reviews, loadConfig(process.env));
