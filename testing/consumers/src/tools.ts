/**
 * The tools with which the packages are tested, installed with npm in a separate folder.
 */
import { join } from 'node:path'
import type { Project } from '@task-outcome/scratch-project'
import { createCachedProject } from './cachedProject.js'
import {
  bundlerVersions,
  nodeVersions,
  runtimeVersions,
  typescriptVersions,
  webpackCliVersion,
} from './versions.js'
import { type RuntimePackage, runtimePackages } from './runtimePackages.js'

export type NodeVersion = (typeof nodeVersions)[number]
export type TypescriptVersion = (typeof typescriptVersions)[number]

export interface Tools {
  readonly node: (version: NodeVersion) => string
  readonly typescript: (version: TypescriptVersion) => string
  readonly vite: string
  readonly esbuild: string
  readonly webpack: string
  /** The executables of the runtimes that npm has for this machine. */
  readonly runtimes: Readonly<Partial<Record<keyof typeof runtimeVersions, string>>>
}

export const installTools = async (folder: string): Promise<Tools> => {
  const project = createCachedProject(folder)
  project.write('package.json', '{ "private": true }\n')
  const packages = runtimePackages(process.platform, process.arch)
  await project.install(
    ...nodeVersions.map(version => `node-${version}@npm:${nodePackage}@${version}`),
    ...typescriptVersions.map(version => `typescript-${version}@npm:typescript@${version}`),
    ...Object.entries(bundlerVersions).map(([name, version]) => `${name}@${version}`),
    `webpack-cli@${webpackCliVersion}`,
    ...packages.map(({ runtime, name }) => `${name}@${runtimeVersions[runtime]}`),
  )
  return locate(project, packages)
}

/** The package that contains Node's executable for this machine; the package `node` would download it with a script. */
const nodePackage = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`

const locate = ({ folder }: Project, packages: ReadonlyArray<RuntimePackage>): Tools => {
  const at = (...path: ReadonlyArray<string>): string => join(folder, 'node_modules', ...path)
  return {
    node: version => at(`node-${version}`, 'bin', process.platform === 'win32' ? 'node.exe' : 'node'),
    typescript: version => at(`typescript-${version}`, 'bin', 'tsc'),
    vite: at('vite', 'bin', 'vite.js'),
    esbuild: at('esbuild', 'bin', 'esbuild'),
    webpack: at('webpack-cli', 'bin', 'cli.js'),
    runtimes: Object.fromEntries(
      packages.map(({ runtime, name, executable }) => [runtime, at(name, executable)]),
    ),
  }
}
