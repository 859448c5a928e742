import { setLogLevel } from '@storegraph/observability';
import { startTestGateway } from './test-gateway.js';

/** Writes to standard output what a gateway logs that notes unknown documents, and is asked so many different ones. */
const different = Number(process.argv[2]);
const gateway = await startTestGateway({
  documentManifest: JSON.stringify({ shelf: '{ products { name } }' }),
  config: { allowList: 'log' },
});
setLogLevel('warn');
// They are noted before anybody looks whether they are valid, which these are not: that is quick.
const documents = Array.from({ length: different }, (_, at) => `{ a${at}: product(id: "hunter2") }`);
await gateway.ask('{ products { name } }');
while (documents.length > 0) {
  const some = documents.splice(0, 50);
  await Promise.all([...some, ...some].map((query) => gateway.ask(query)));
}
await gateway.close();
