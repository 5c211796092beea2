/**
 * A consumer of every package through each version of the compiler, strictly, declarations of the packages included.
 */
import type { Output } from '@task-outcome/scratch-project'
import { type Consumer, readProgram } from './Consumer.js'
import type { Matrix } from './consumersPage.js'
import type { TestContext } from './TestContext.js'
import { type Cell, inParallel } from './Report.js'
import type { TypescriptVersion } from './tools.js'
import { nodeVersions, typescriptVersions } from './versions.js'

export interface Setting {
  readonly name: string
  readonly files: ReadonlyArray<string>
  readonly options: Readonly<Record<string, unknown>>
}

const forNode = { lib: ['es2022'], types: ['node'] }

const inModules = (name: 'node16' | 'nodenext'): Setting => ({
  name,
  files: ['narrow.mts', 'narrow.cts'],
  options: { module: name, moduleResolution: name, ...forNode },
})

export const nodenext = inModules('nodenext')

const settings: ReadonlyArray<Setting> = [
  inModules('node16'),
  nodenext,
  {
    name: 'bundler',
    files: ['narrow.mts'],
    options: { module: 'esnext', moduleResolution: 'bundler', ...forNode },
  },
  {
    name: 'nodenext, core alone',
    files: ['coreAlone.mts', 'coreAlone.cts'],
    options: { module: 'nodenext', moduleResolution: 'nodenext', lib: ['es2022'], types: [] },
  },
  {
    name: 'bundler, for browsers',
    files: ['page.ts'],
    options: {
      module: 'esnext',
      moduleResolution: 'bundler',
      lib: ['es2022', 'dom', 'dom.iterable'],
      types: [],
    },
  },
]

export const withTypeScript = async (kit: TestContext): Promise<Matrix> => {
  kit.consumer.write('page.ts', readProgram('page.ts'))
  for (const file of ['coreAlone.mts', 'coreAlone.cts']) kit.consumer.write(file, readProgram('coreAlone.ts'))
  const cells = await inParallel(
    2,
    typescriptVersions.flatMap(version => settings.map(setting => ({ version, setting }))),
    ({ version, setting }) => compile(kit, kit.consumer, version, setting),
  )
  return {
    title: 'TypeScript',
    text: 'A program that uses every package and narrows every outcome and error, compiled with each `moduleResolution`, with `strict` and `exactOptionalPropertyTypes` and without `skipLibCheck`. With `node16` and `nodenext` it is compiled as an ES module and as CommonJS (`.mts` and `.cts`). `types` is `["node"]` and `lib` is `["es2022"]`. For browsers, `lib` also has `dom` and `dom.iterable`, `types` is empty, and the program omits the emulator, whose types need those of Node. The types of axios, and of our packages except core, need either those of Node or `dom`. Core alone is compiled with an empty `types` and `lib` `["es2022"]`.',
    columns: ['TypeScript', ...settings.map(({ name }) => name)],
    rows: typescriptVersions.map((version, row) => [
      version,
      ...cells.slice(row * settings.length, (row + 1) * settings.length),
    ]),
  }
}

export const compile = (
  { report, tools }: TestContext,
  consumer: Consumer,
  version: TypescriptVersion,
  setting: Setting,
  label = '',
): Promise<Cell> =>
  report.check(`TypeScript ${version}${label}: ${setting.name}`, () =>
    compileProgram(consumer, tools.node(nodeVersions[0]), tools.typescript(version), setting),
  )

export const compileProgram = (
  consumer: Consumer,
  node: string,
  compiler: string,
  { name, files, options }: Setting,
): Promise<Output> => {
  const file = `tsconfig.${name.replaceAll(/\W+/g, '-')}.json`
  const compilerOptions = {
    target: 'es2022',
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    noEmit: true,
    ...options,
  }
  consumer.write(file, JSON.stringify({ compilerOptions, files }))
  return consumer.runNode(node, [compiler, '--project', file])
}
