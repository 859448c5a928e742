import { setLogLevel } from '@storegraph/observability';
import { startTestGateway } from './test-gateway.js';

/** Writes to standard output what a gateway logs about one operation, as slow as the argument says in milliseconds. */
const gateway = await startTestGateway({ config: { slowOperationMillis: Number(process.argv[2]) } });
setLogLevel('info');
await gateway.ask(
  'query Shelf($id: ID!) { product(id: $id) { name rating } other: product(id: "p2-literal") { id } }',
  {
    variables: { id: 'p1-variable' },
  },
);
await gateway.close();
