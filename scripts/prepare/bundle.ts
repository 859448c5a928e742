import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { sayWhenSlow } from './say-when-slow.js';

const ROOT = resolve(import.meta.dirname, '../..');

/**
 * Bundles `src/main.ts` of each deployable into its `dist/main.js`.
 * @param names only these deployables, e.g. `['standalone']`; all of them when absent.
 */
export async function bundleEntries(names?: string[]): Promise<void> {
  const deployables = ['standalone', 'gateway', ...subgraphFolders()].filter(
    (folder) => existsSync(join(ROOT, folder, 'src/main.ts')) && (!names || names.includes(nameOf(folder))),
  );
  await sayWhenSlow(`Bundling ${deployables.map(nameOf).join(', ')}`, Promise.all(deployables.map(bundle)));
}

function bundle(deployable: string): Promise<void> {
  return bundleFile(join(deployable, 'src/main.ts'), join(deployable, 'dist/main.js'));
}

/** Bundles one file the way deployables are. Both paths are relative to the root of the repository. */
export async function bundleFile(entry: string, output: string): Promise<void> {
  const outfile = join(ROOT, output);
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    outfile,
    write: false,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: true,
    // TypeGraphQL names a type after its class; several domains in one bundle have a class Product.
    keepNames: true,
    sourcesContent: false,
    logLevel: 'warning',
    // Decorators and class fields behave as tsconfig.json says, everywhere.
    tsconfig: join(ROOT, 'tsconfig.json'),
    plugins: [workspacesInDependenciesOut, originalFileAddresses(outfile)],
  });
  await mkdir(dirname(outfile), { recursive: true });
  await Promise.all(outputFiles.map(({ path, text }) => writeFile(path, namingClassesOnly(path, text))));
}

const NAMING = 'var __name = (target, value) => __defProp(target, "name", { value, configurable: true });';
const NAMING_CLASSES = NAMING.replace('=> ', '=> target.prototype === void 0 ? target : ');

/**
 * esbuild names every function whenever it is made, closures of each request included, which costs a tenth of a small
 * one. Only classes need it; arrow functions, the closures of this code base, have no prototype.
 */
function namingClassesOnly(path: string, text: string): string {
  if (path.endsWith('.map') || !text.includes('__name(')) return text;
  if (!text.includes(NAMING)) throw new Error(`esbuild names functions in another way now: see ${path}`);
  return text.replace(NAMING, NAMING_CLASSES);
}

/** Workspaces export TypeScript, so they are bundled; what npm installed for all of them stays outside. */
const workspacesInDependenciesOut: Plugin = {
  name: 'workspaces-in-dependencies-out',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, importer, kind }) => {
      if (kind === 'entry-point' || path.startsWith('@storegraph/')) return undefined;
      if (path.startsWith('node:')) return { path, external: true };
      // A version npm could not hoist is out of reach from another workspace's dist/: it goes in.
      const nested = join(workspaceOf(importer), 'node_modules', packageOf(path));
      return existsSync(nested) ? undefined : { path, external: true };
    });
  },
};

/**
 * Keeps `import.meta.url` meaning "the source file", so that a migration folder or a template beside the
 * source is found from the bundle as well.
 */
function originalFileAddresses(outfile: string): Plugin {
  return {
    name: 'original-file-addresses',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const source = await readFile(path, 'utf8');
        if (!source.includes('import.meta.')) return { contents: source, loader: 'ts' };
        const address = JSON.stringify(relative(dirname(outfile), path).split(sep).join('/'));
        // On one line with the first of the source, so that stack traces keep their line numbers.
        const meta =
          `import { dirname as folderOf } from 'node:path'; ` +
          `import { fileURLToPath as pathOf } from 'node:url'; ` +
          `const sourceUrl = new URL(${address}, import.meta.url); ` +
          `const sourceMeta = { url: sourceUrl.href, dirname: folderOf(pathOf(sourceUrl)) }; `;
        return { contents: meta + source.replaceAll('import.meta.', 'sourceMeta.'), loader: 'ts' };
      });
    },
  };
}

function workspaceOf(file: string): string {
  const [first = '', second = ''] = relative(ROOT, file).split(sep);
  return ['packages', 'prisma', 'subgraphs'].includes(first) ? join(ROOT, first, second) : join(ROOT, first);
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function subgraphFolders(): string[] {
  const folder = join(ROOT, 'subgraphs');
  return existsSync(folder) ? readdirSync(folder).map((name) => join('subgraphs', name)) : [];
}

function nameOf(deployable: string): string {
  return deployable.split(sep).at(-1) ?? deployable;
}
