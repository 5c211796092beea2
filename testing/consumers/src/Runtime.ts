/**
 * A runtime that is asked to run the programs: Node, Bun and Deno in a process of their own, workerd as a server.
 */
import { join } from 'node:path'
import { type Environment, run, start } from '@task-outcome/scratch-project'
import type { Case } from '../programs/failures.js'
import { readProgram } from './Consumer.js'
import type { TestContext } from './TestContext.js'
import { toEsModule } from './transpile.js'
import { nodeVersions, runtimeVersions } from './versions.js'

export interface Runtime {
  readonly name: string
  /** Runs a file of the consumer. */
  readonly runFile?: (file: string) => Promise<string>
  /** Runs the application, which sends to this endpoint, and returns what it says. */
  readonly runApp: (endpoint: string) => Promise<ReadonlyArray<string>>
  readonly runCases: (cases: ReadonlyArray<Case>) => Promise<ReadonlyArray<string>>
}

interface Asked {
  readonly endpoint?: string
  readonly cases?: ReadonlyArray<Case>
}

/** Node, to compare with, and the runtimes that npm has for this machine. */
export const listRuntimes = async (kit: TestContext): Promise<ReadonlyArray<Runtime>> => {
  const { tools, consumer, newFolder } = kit
  // No bundler is involved, so fp-ts has its full names.
  const app = readProgram('page.ts').replaceAll(/'fp-ts\/(\w+)'/g, "'fp-ts/lib/$1.js'")
  consumer.write('app.mjs', toEsModule(app))
  for (const name of ['failures', 'worker']) {
    const program = readProgram(`${name}.ts`)
      .replaceAll("'./failures.js'", "'./failures.mjs'")
      .replaceAll("'./page.js'", "'./app.mjs'")
    consumer.write(`${name}.mjs`, toEsModule(program))
  }
  consumer.write('main.mjs', main)

  const { bun, deno, workerd } = tools.runtimes
  const { bun: bunVersion, deno: denoVersion, workerd: workerdVersion } = runtimeVersions
  const onDeno = { DENO_DIR: newFolder('deno'), DENO_NO_UPDATE_CHECK: '1' }
  return [
    inProcess(kit, `Node ${nodeVersions[2]}`, [tools.node(nodeVersions[2])]),
    ...(bun === undefined ? [] : [inProcess(kit, `Bun ${bunVersion}`, [bun, '--no-install'])]),
    ...(deno === undefined
      ? []
      : [
          inProcess(kit, `Deno ${denoVersion}`, [deno, 'run', '--allow-all', '--no-lock', '--quiet'], onDeno),
        ]),
    ...(workerd === undefined ? [] : [await inWorkerd(kit, `workerd ${workerdVersion}`, workerd)]),
  ]
}

const main = `import './app.mjs'
import { runCases } from './failures.mjs'

const { endpoint, cases } = JSON.parse(process.argv[2])
console.log(JSON.stringify(endpoint === undefined ? await runCases(cases) : await consumer.run(endpoint)))
`

const inProcess = (
  { consumer }: TestContext,
  name: string,
  [program, ...flags]: readonly [string, ...string[]],
  environment: Environment = {},
): Runtime => {
  const runFile = async (file: string, ...args: ReadonlyArray<string>): Promise<string> =>
    (await consumer.runNode(program, [...flags, file, ...args], environment)).stdout
  const ask = async (asked: Asked): Promise<ReadonlyArray<string>> =>
    JSON.parse(await runFile('main.mjs', JSON.stringify(asked))) as ReadonlyArray<string>
  return {
    name,
    runFile: file => runFile(file),
    runApp: endpoint => ask({ endpoint }),
    runCases: cases => ask({ cases }),
  }
}

const inWorkerd = async (
  { tools, consumer }: TestContext,
  name: string,
  workerd: string,
): Promise<Runtime> => {
  await run(consumer.folder, [
    tools.esbuild,
    'worker.mjs',
    ...['--bundle', '--format=esm', '--platform=browser', '--conditions=workerd,worker,browser'],
    ...['--outfile=worker/worker.js', '--log-level=warning'],
  ])
  consumer.write('worker/config.capnp', config)
  const folder = join(consumer.folder, 'worker')
  const ask = async (asked: Asked): Promise<ReadonlyArray<string>> => {
    const server = await start(folder, [workerd, 'serve', 'config.capnp', '--control-fd=1'])
    try {
      const { port } = JSON.parse(server.firstLine) as { readonly port: number }
      const response = await fetch(`http://127.0.0.1:${port}/`, {
        method: 'POST',
        body: JSON.stringify(asked),
      })
      const text = await response.text()
      if (!response.ok) throw new Error(`workerd: ${response.status} ${text}`)
      return JSON.parse(text) as ReadonlyArray<string>
    } finally {
      await server.stop()
    }
  }
  return { name, runApp: endpoint => ask({ endpoint }), runCases: cases => ask({ cases }) }
}

/** A worker that may reach this machine. Port 0: any that is free, which workerd prints. */
const config = `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "main", worker = .main),
    (name = "internet", network = (allow = ["public", "private"], tlsOptions = (trustBrowserCas = true))),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);

const main :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "worker.js")],
  compatibilityDate = "2026-01-01",
);
`
