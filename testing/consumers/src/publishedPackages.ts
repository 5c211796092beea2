/**
 * The packages of this workspace that go to the registry and that programs import. The command in `packages/cli` has no exports;
 * its own tests pack and run it.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The workspace's folder. */
export const root = fileURLToPath(new URL('../../../', import.meta.url))

export interface Manifest {
  readonly name: string
  readonly private?: boolean
  readonly exports?: Readonly<Record<string, unknown>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

export interface PublishedPackage {
  readonly name: string
  /** The name without the scope, which is also the folder's. */
  readonly shortName: string
  readonly folder: string
  readonly manifest: Manifest
  readonly readme: string
}

export const publishedPackages = (): ReadonlyArray<PublishedPackage> =>
  readdirSync(join(root, 'packages'))
    .sort()
    .filter(shortName => existsSync(join(root, 'packages', shortName, 'package.json')))
    .flatMap(shortName => {
      const folder = join(root, 'packages', shortName)
      const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
      if (manifest.private === true || manifest.exports?.['.'] === undefined) return []
      const readme = readFileSync(join(folder, 'README.md'), 'utf8')
      return [{ name: manifest.name, shortName, folder, manifest, readme }]
    })
