import { runSubgraph } from '@storegraph/subgraph-server';
import { loadConfig } from './config.js';
import { catalog } from './subgraph.js';

await runSubgraph(catalog, loadConfig(process.env));
