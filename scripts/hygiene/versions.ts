export interface Manifest {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  overrides?: Record<string, unknown>;
}

type Located = { file: string; manifest: Manifest };

const EXACT = /^\d+\.\d+\.\d+(?:-[\w.-]+)?$/;

/** Dependencies that are not one exact version: what was tested together is what gets installed. */
export function looseVersions(manifests: Located[]): string[] {
  return manifests.flatMap(({ file, manifest }) => [
    ...dependenciesOf(manifest)
      .filter(([, version]) => !EXACT.test(version))
      .map(([name, version]) => `${file}: ${name} is pinned to "${version}", which is not one exact version`),
    ...Object.entries(manifest.overrides ?? {})
      .filter(([, version]) => typeof version !== 'string' || !EXACT.test(version))
      .map(([name]) => `${file}: the override of ${name} is not one exact version`),
  ]);
}

/**
 * Dependencies two workspaces pin differently. npm would install one of them out of reach of the bundles, and
 * two copies of graphql in one process refuse each other.
 */
export function disagreeingVersions(manifests: Located[]): string[] {
  const holders = new Map<string, Map<string, string[]>>();
  for (const { file, manifest } of manifests) {
    for (const [name, version] of dependenciesOf(manifest)) {
      const versions = holders.get(name) ?? new Map<string, string[]>();
      holders.set(name, versions.set(version, [...(versions.get(version) ?? []), file]));
    }
  }
  return [...holders]
    .filter(([, versions]) => versions.size > 1)
    .map(([name, versions]) => {
      const sides = [...versions].map(([version, files]) => `${version} in ${files.join(', ')}`);
      return `${name} is pinned differently: ${sides.join('; ')}`;
    });
}

function dependenciesOf(manifest: Manifest): [string, string][] {
  return [manifest.dependencies, manifest.devDependencies, manifest.optionalDependencies].flatMap((group) =>
    Object.entries(group ?? {}),
  );
}
