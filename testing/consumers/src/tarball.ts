/**
 * What a tarball may contain, and where its source maps point to.
 */
import { join, posix } from 'node:path'
import { readFileSync, readdirSync } from 'node:fs'
import type { PublishedPackage } from './publishedPackages.js'
import { run } from '@task-outcome/scratch-project'

export interface Tarball {
  readonly name: string
  readonly shortName: string
  readonly file: string
  readonly manifest: PublishedPackage['manifest']
  readonly readme: string
}

/** Packs a package as it would be published. */
export const pack = async (published: PublishedPackage, folder: string): Promise<Tarball> => {
  const { stdout } = await run(published.folder, ['pnpm', 'pack', '--pack-destination', folder, '--json'])
  const { filename } = JSON.parse(stdout) as { readonly filename: string }
  const { name, shortName, manifest, readme } = published
  return { name, shortName, manifest, readme, file: filename }
}

/** The files of an installed package, without those of its own dependencies. */
export const filesOf = (folder: string): ReadonlyArray<string> =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(({ parentPath, name }) => posix.relative(folder, posix.join(parentPath, name)))
    .filter(file => !file.startsWith('node_modules/'))
    .sort()

/** The files that have no business in a package, and those that it lacks. */
export const listIssues = (files: ReadonlyArray<string>): ReadonlyArray<string> => [
  ...files
    .filter(file => !expected.some(pattern => pattern.test(file)))
    .map(file => `${file} is not expected`),
  ...files.filter(file => /\.test\.|__/.test(file)).map(file => `${file} is for tests`),
  ...required.filter(file => !files.includes(file)).map(file => `${file} is missing`),
]

const expected = [
  /^(package\.json|README\.md|LICENSE|CHANGELOG\.md)$/,
  /^dist\/([\w-]+\/)*\w+\.(js|cjs|d\.ts|d\.cts)(\.map)?$/,
  /^src\/([\w-]+\/)*\w+\.ts$/,
  /^schemas\/\w+\.json$/,
]

const required = [
  'package.json',
  'README.md',
  'LICENSE',
  'src/index.ts',
  ...['index.js', 'index.cjs', 'index.d.ts', 'index.d.cts'].map(file => `dist/${file}`),
]

export interface SourceMap {
  readonly sources: ReadonlyArray<string>
  readonly sourceRoot?: string
}

/** What is wrong with a source map: a source that is not shipped, or none at all. */
export const sourceMapIssues = (
  file: string,
  { sources, sourceRoot = '' }: SourceMap,
  files: ReadonlyArray<string>,
): ReadonlyArray<string> => {
  if (sources.length === 0) return [`${file} names no source`]
  return sources
    .map(source => posix.join(posix.dirname(file), sourceRoot, source))
    .filter(source => !source.startsWith('src/') || !files.includes(source))
    .map(source => `${file} leads to ${source}, which is not shipped`)
}

/** Reports the issues of the source maps of an installed package, including files that name a missing source map. */
export const sourceMapsIssues = (folder: string, files: ReadonlyArray<string>): ReadonlyArray<string> => {
  const read = (file: string): string => readFileSync(join(folder, file), 'utf8')
  const maps = files.filter(file => file.endsWith('.map'))
  const named = files
    .filter(file => file.startsWith('dist/') && !file.endsWith('.map'))
    .flatMap(file => {
      const [, map] = /^\/\/# sourceMappingURL=(\S+)\s*$/m.exec(read(file)) ?? []
      return map === undefined ? [] : [{ file, map: posix.join(posix.dirname(file), map) }]
    })
  return [
    ...(maps.some(map => map.endsWith('.d.ts.map')) && maps.some(map => map.endsWith('.js.map'))
      ? []
      : ['there are no source maps of both kinds']),
    ...named
      .filter(({ map }) => !maps.includes(map))
      .map(({ file, map }) => `${file} names ${map}, which is missing`),
    ...maps.filter(map => !named.some(other => other.map === map)).map(map => `${map} is named by no file`),
    ...maps.flatMap(map => sourceMapIssues(map, JSON.parse(read(map)) as SourceMap, files)),
  ]
}
