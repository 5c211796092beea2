/**
 * A project in which every package is installed, with the programs that use them.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type FirstProgram, firstProgram } from './firstProgram.js'
import type { Project } from '@task-outcome/scratch-project'
import { createCachedProject } from './cachedProject.js'
import type { Tarball } from './tarball.js'
import { programToCommonJs, toCommonJs, toEsModule } from './transpile.js'
import { type Peers, companions, nodeTypesVersion } from './versions.js'

export interface Consumer extends Project {
  readonly firstPrograms: ReadonlyArray<FirstProgram & { readonly shortName: string }>
}

export const installConsumer = async (
  folder: string,
  tarballs: ReadonlyArray<Tarball>,
  peers: Peers,
  flags: ReadonlyArray<string> = [],
): Promise<Consumer> => {
  const project = createCachedProject(folder)
  project.write('package.json', '{ "private": true }\n')
  await project.install(
    ...flags,
    ...tarballs.map(({ file }) => file),
    ...Object.entries({ ...companions, ...peers }).map(([name, version]) => `${name}@${version}`),
    `@types/node@${nodeTypesVersion}`,
  )
  const firstPrograms = tarballs.map(({ shortName, readme }) => ({ shortName, ...firstProgram(readme) }))
  for (const { shortName, code } of firstPrograms) {
    project.write(`first-${shortName}.mjs`, toEsModule(code))
    project.write(`first-${shortName}.cjs`, programToCommonJs(code))
  }
  project.write('share.mjs', toEsModule(readProgram('share.ts')))
  project.write('produce.cjs', toCommonJs(readProgram('produce.ts')))
  project.write('manyIssues.mjs', toEsModule(readProgram('manyIssues.ts')))
  for (const file of ['narrow.mts', 'narrow.cts']) project.write(file, readProgram('narrow.ts'))
  return { ...project, firstPrograms }
}

/** A program of the folder `programs`, as TypeScript. */
export const readProgram = (name: string): string =>
  readFileSync(new URL(join('../programs', name), import.meta.url), 'utf8')
