/**
 * An application, bundled with each bundler and run in the environment that it is for.
 */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { runInChromium } from './chromium.js'
import { run, start } from '@task-outcome/scratch-project'
import { readProgram } from './Consumer.js'
import type { Matrix } from './consumersPage.js'
import { equal } from './equal.js'
import type { TestContext } from './TestContext.js'
import { copiesOf } from './loadedScripts.js'
import { createCachedProject } from './cachedProject.js'
import type { SourceMap } from './tarball.js'
import { toEsModule } from './transpile.js'
import { bundlerVersions, nodeVersions } from './versions.js'

interface Bundler {
  readonly name: keyof typeof bundlerVersions
  readonly platform: 'Node' | 'Chromium'
  /** Builds `app.js` into the folder `dist`. */
  readonly build: (folder: string) => Promise<unknown>
  readonly runBuilt: (folder: string, endpoint: string) => Promise<ReadonlyArray<string>>
}

export const bundled = async (kit: TestContext): Promise<Matrix> => {
  const { report, tools, consumer } = kit
  const node = tools.node(nodeVersions[0])
  // Started in a shell, as the emulator's README says.
  const emulator = await start(consumer.folder, [
    node,
    join('node_modules', '.bin', 'task-outcome-emulator'),
    ...['--reject', 'ins-2=5000', '--task-duration-ms', '0'],
  ])
  const endpoint = emulator.firstLine.replace('Listening: ', '')

  const runInNode = async (folder: string, endpoint: string): Promise<ReadonlyArray<string>> => {
    const { stdout } = await run(folder, [node, 'run.cjs', endpoint])
    return JSON.parse(stdout) as ReadonlyArray<string>
  }
  const bundlers: ReadonlyArray<Bundler> = [
    {
      name: 'vite',
      platform: 'Chromium',
      build: folder => run(folder, [node, tools.vite, 'build', '--sourcemap', '--logLevel', 'warn']),
      runBuilt: (folder, endpoint) => runInChromium(join(folder, 'dist'), endpoint),
    },
    {
      name: 'esbuild',
      platform: 'Node',
      build: folder =>
        run(folder, [
          tools.esbuild,
          'app.js',
          ...['--bundle', '--platform=node', '--main-fields=module,main', '--sourcemap'],
          ...['--outfile=dist/app.js', '--log-level=warning'],
        ]),
      runBuilt: runInNode,
    },
    {
      name: 'webpack',
      platform: 'Node',
      build: folder =>
        run(folder, [
          ...([node, tools.webpack] as const),
          ...['--entry', './app.js', '--target', 'node', '--mode', 'production', '--devtool', 'source-map'],
          ...['--output-path', './dist', '--output-filename', 'app.js'],
        ]),
      runBuilt: runInNode,
    },
  ]

  const rows: string[][] = []
  try {
    for (const { name, platform, build, runBuilt } of bundlers) {
      const project = createCachedProject(join(consumer.folder, 'bundled', name))
      project.write('package.json', '{ "private": true }\n')
      project.write('app.js', toEsModule(readProgram('page.ts')))
      project.write(
        'index.html',
        '<!doctype html><title>App</title><script type="module" src="/app.js"></script>\n',
      )
      project.write(
        'run.cjs',
        "require('./dist/app.js')\nglobalThis.consumer.run(process.argv[2]).then(lines => console.log(JSON.stringify(lines)))\n",
      )
      const version = bundlerVersions[name]
      const cell = await report.check(`${name} ${version}: built, runs in ${platform}`, async () => {
        await build(project.folder)
        equal(await runBuilt(project.folder, endpoint), appPrints)
      })
      const copies = await report.check(
        `${name} ${version}: the bundle holds two copies of fp-ts`,
        async () =>
          equal(
            copiesOf('fp-ts', bundledSources(join(project.folder, 'dist'))).map(copy =>
              copy.split('/').at(-2),
            ),
            ['es6', 'lib'],
          ),
      )
      rows.push([`${name} ${version}`, platform, cell, copies])
    }
  } finally {
    await emulator.stop()
  }
  return {
    title: 'Bundlers',
    text: 'An application that sends requests to the emulator with both adapters, waits, and passes a codec. It imports `fp-ts/Either`, as usual with bundlers. That is not the copy of fp-ts that the packages import: the bundle contains both, and each understands the other’s values.',
    columns: ['bundler', 'runs in', 'result', 'two copies of fp-ts'],
    rows,
  }
}

/** What the application prints. */
export const appPrints = [
  'axios: ins-1 accepted, ins-2 rejected',
  'fetch: ins-1 accepted, ins-2 rejected',
  'wait: AllFinished',
  'codec: AllAccepted',
  'codec: ShapeError, 9007199254740993123 recovered',
]

/** The files that a bundle was made of, as its source map names them. */
const bundledSources = (folder: string): ReadonlyArray<string> =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.js.map'))
    .flatMap(file => (JSON.parse(readFileSync(join(folder, file), 'utf8')) as SourceMap).sources)
