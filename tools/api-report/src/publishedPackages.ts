import { readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A package of this workspace that is published. */
export interface PublishedPackage {
  /** As it is imported. */
  readonly name: string
  /** Where it is built. */
  readonly folder: string
}

const require = createRequire(import.meta.url)

/** Every package of this workspace that is not private. Each must be a dependency of this one, to be built before it. */
export const publishedPackages = (): ReadonlyArray<PublishedPackage> => {
  const packages = fileURLToPath(new URL('../../../packages/', import.meta.url))
  return readdirSync(packages, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(({ name }) => readManifest(join(packages, name, 'package.json')))
    .filter(manifest => manifest.private !== true)
    .map(({ name }) => ({ name, folder: dirname(require.resolve(`${name}/package.json`)) }))
}

const readManifest = (file: string): { readonly name: string; readonly private?: boolean } =>
  JSON.parse(readFileSync(file, 'utf8')) as { name: string; private?: boolean }
