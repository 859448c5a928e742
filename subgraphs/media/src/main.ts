import { runSubgraph } from '@storegraph/subgraph-server';
import { loadConfig } from './config.js';
import { media } from './subgraph.js';

await runSubgraph(media, loadConfig(process.env));
