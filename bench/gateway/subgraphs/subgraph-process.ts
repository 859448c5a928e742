/**
 * All four subgraphs in one process, each on a port and a Unix socket of its own, as cheap as can be: an answer is
 * computed once for each request body and remembered. What they cost is nobody's figure; what they leave of the
 * machine is everybody's.
 */
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { execute, parse, type DocumentNode, type GraphQLSchema } from 'graphql';
import { buildSubgraph } from '../graph/build-subgraph.js';
import { SUBGRAPH_NAMES, type SubgraphName } from '../graph/subgraphs.js';

/** Where each subgraph is. */
export type FromSubgraphProcess = Readonly<Record<SubgraphName, { port: number; socket: string }>>;

type Asked = { query: string; variables?: Record<string, unknown>; operationName?: string };

const REMEMBERED = 5_000;
const KEEP_ALIVE_MILLIS = 120_000; // two minutes: longer than a contestant waits for its next turn

const folder = process.argv[2] ?? '';
const open = await Promise.all(
  SUBGRAPH_NAMES.map(async (name) => {
    const listener = answering(buildSubgraph(name, 'open'));
    const socket = join(folder, `${name}.sock`);
    await listen(listener, { path: socket });
    const { port } = (await listen(listener, { host: '127.0.0.1', port: 0 })) as AddressInfo;
    return [name, { port, socket }] as const;
  }),
);
process.send?.(Object.fromEntries(open));
process.once('disconnect', () => process.exit());

function answering(schema: GraphQLSchema): RequestListener {
  const answers = new Map<string, Buffer>();
  const documents = new Map<string, DocumentNode>();
  const answerTo = async (body: string): Promise<Buffer> => {
    const known = answers.get(body);
    if (known) return known;
    const { query, variables, operationName } = JSON.parse(body) as Asked;
    const document = documents.get(query) ?? parse(query);
    documents.set(query, document);
    const result = await execute({ schema, document, variableValues: variables, operationName });
    const answer = Buffer.from(JSON.stringify(result));
    if (answers.size >= REMEMBERED) answers.delete(answers.keys().next().value ?? '');
    answers.set(body, answer);
    return answer;
  };
  return (request, response) => {
    void read(request)
      .then(answerTo)
      .then(
        (answer) => {
          const headers = { 'content-type': 'application/json', 'content-length': answer.length };
          response.writeHead(200, headers).end(answer);
        },
        (error: unknown) => response.writeHead(400).end(String(error)),
      );
  };
}

function read(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (body += chunk));
    request.once('end', () => resolve(body));
    request.once('error', reject);
  });
}

function listen(
  listener: RequestListener,
  where: { path: string } | { host: string; port: number },
): Promise<AddressInfo | string | null> {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MILLIS }, listener);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(where, () => resolve(server.address()));
  });
}
