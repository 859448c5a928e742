import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { createAdapterFactory } from './adapter.mjs';
import { loadSchemaEngine } from './wasm-engine.mjs';

/** Methods whose name in the binary's dialect is not the WebAssembly engine's. */
const RENAMED = new Map([['getDatabaseVersion', 'version']]);

/** JSON-RPC's code for an error the server defines itself; the CLI reads `data`. */
const ENGINE_ERROR = 4466;

let printed = 0;

/**
 * Answer requests, one line each, until stdin closes. The engine connects at the first request, so that a
 * database that is not there is an answer and not a crash.
 *
 * @param {{ url: string, schemaFiles: string[] }} options
 */
export async function serveRpc({ url, schemaFiles }) {
  let engine;
  for await (const line of createInterface({ input: process.stdin })) {
    const { id, method, params } = JSON.parse(line);
    if (method === undefined) continue; // the CLI's answer to a print request
    try {
      engine ??= await connectEngine({ url, schemaFiles });
      const result = await call(engine, { method, params });
      send({ id, jsonrpc: '2.0', result: result ?? {} });
    } catch (error) {
      send({ id, jsonrpc: '2.0', error: describe(error) });
    }
  }
  process.exit(0); // closes the engine's connections, which would keep the process up
}

async function connectEngine({ url, schemaFiles }) {
  const SchemaEngine = await loadSchemaEngine();
  const datamodels = await Promise.all(schemaFiles.map(async (file) => [file, await readFile(file, 'utf8')]));
  const log = (line) => process.stderr.write(`${line}\n`);
  return SchemaEngine.new(
    { datamodels: datamodels.length > 0 ? datamodels : undefined },
    log,
    createAdapterFactory(url),
  );
}

async function call(engine, { method, params }) {
  const name = RENAMED.get(method) ?? method;
  if (typeof engine[name] !== 'function')
    throw new Error(`The schema engine stand-in knows no method "${method}".`);
  const result = await engine[name](params);
  if (method === 'diff' && result.stdout !== null) print(result.stdout);
  return result;
}

/** The binary does not return what `migrate diff` shows: it asks the CLI to print it. */
function print(content) {
  printed += 1;
  send({ id: printed, jsonrpc: '2.0', method: 'print', params: { content } });
}

function send(response) {
  process.stdout.write(`${JSON.stringify(response)}\n`);
}

function describe(error) {
  const isPanic = error instanceof WebAssembly.RuntimeError;
  const message = String(error.message ?? error).trim();
  return {
    code: ENGINE_ERROR,
    message: 'An error happened. Check the data field for details.',
    data: {
      is_panic: isPanic,
      message,
      error_code: error.code ?? null,
      meta: error.meta ?? null,
      error: { message },
    },
  };
}
