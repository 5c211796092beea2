import { readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** An entry of a package of this workspace that is published. */
export interface PublishedEntry {
  /** As it is imported. */
  readonly name: string
  /** The folder of the package. */
  readonly folder: string
  /** Its declarations. */
  readonly types: string
}

const require = createRequire(import.meta.url)

/**
 * Every entry of every package of this workspace that is not private. Each package must be a dependency of this one, to be
 * built before it.
 */
export const publishedEntries = (): ReadonlyArray<PublishedEntry> => {
  const packages = fileURLToPath(new URL('../../../packages/', import.meta.url))
  return readdirSync(packages, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(({ name }) => readManifest(join(packages, name, 'package.json')))
    .filter(manifest => manifest.private !== true)
    .flatMap(({ name, exports }) => {
      const entries = Object.entries(exports).flatMap(([path, target]) =>
        typeof target === 'string' ? [] : [[path, target.import.types] as const],
      )
      // A command has none.
      if (entries.length === 0) return []
      const folder = dirname(require.resolve(`${name}/package.json`))
      return entries.map(([path, types]) => ({
        name: `${name}${path.slice(1)}`,
        folder,
        types: join(folder, types),
      }))
    })
}

interface Manifest {
  readonly name: string
  readonly private?: boolean
  readonly exports: Readonly<Record<string, string | { readonly import: { readonly types: string } }>>
}

const readManifest = (file: string): Manifest => JSON.parse(readFileSync(file, 'utf8')) as Manifest
