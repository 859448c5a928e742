#!/usr/bin/env node
/**
 * Stands in for Prisma's schema-engine binary, so that the unmodified `prisma migrate …` and `prisma db …`
 * work where that binary cannot be downloaded: PRISMA_SCHEMA_ENGINE_BINARY=scripts/schema-engine.mjs.
 * The work is done by the same engine compiled to WebAssembly; this speaks the binary's two dialects:
 * JSON-RPC 2.0 lines over stdin and stdout, and `cli can-connect-to-database | create-database`.
 */
import { parseArgs } from 'node:util';
import { runCliCommand } from './schema-engine/cli-commands.mjs';
import { serveRpc } from './schema-engine/rpc-server.mjs';
import { engineVersion } from './schema-engine/wasm-engine.mjs';

const { values, positionals } = parseArgs({
  options: {
    datasource: { type: 'string' },
    datamodels: { type: 'string', multiple: true },
    'enabled-preview-features': { type: 'string' },
    'extension-types': { type: 'string' },
    version: { type: 'boolean' },
  },
  allowPositionals: true,
});
const { url } = JSON.parse(values.datasource ?? '{}');

if (values.version) {
  process.stdout.write(`schema-engine-wasm ${engineVersion()}\n`);
} else if (positionals[0] === 'cli') {
  process.exitCode = await runCliCommand(positionals[1], url);
} else {
  await serveRpc({ url, schemaFiles: values.datamodels ?? [] });
}
