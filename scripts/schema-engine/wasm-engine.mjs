import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';

const folder = path.dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'));

/** The engine's class, its WebAssembly loaded by hand: Node 20 cannot `import` it. */
export async function loadSchemaEngine() {
  const bytes = await readFile(path.join(folder, 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': bindings });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return bindings.SchemaEngine;
}

/** The commit of prisma-engines the engine was built from, as the binary reports it. */
export function engineVersion() {
  return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))
    .version.split('.')
    .at(-1);
}
