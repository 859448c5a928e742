import { runSubgraph } from '@storegraph/subgraph-server';
import { loadConfig } from './config.js';
import { accounts } from './subgraph.js';

await runSubgraph(accounts, loadConfig(process.env));
