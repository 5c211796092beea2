/**
 * The first programs of the READMEs on each version of Node, as ES modules, as CommonJS, and both in one program.
 */
import type { Consumer } from './Consumer.js'
import type { Matrix } from './consumersPage.js'
import { equal } from './equal.js'
import type { TestContext } from './TestContext.js'
import { copiesOf, loadedScripts } from './loadedScripts.js'
import { type Cell, type Report, inParallel } from './Report.js'
import type { NodeVersion } from './tools.js'
import { nodeVersions } from './versions.js'

export const onNode = async (kit: TestContext): Promise<Matrix> => ({
  title: 'Node',
  text: 'The first program of each README, unchanged and converted to CommonJS. In the last column an ES module and a CommonJS module load every package and pass outcomes to each other; V8 then reports one loaded copy of fp-ts and one of io-ts.',
  columns: ['Node', 'ES modules', 'CommonJS', 'both, one copy of fp-ts and io-ts'],
  rows: await inParallel(2, nodeVersions, async version => [
    version,
    await runFirstPrograms(kit, kit.consumer, version, 'mjs'),
    await runFirstPrograms(kit, kit.consumer, version, 'cjs'),
    await share(kit, version),
  ]),
})

export const runFirstPrograms = async (
  { report, tools }: TestContext,
  { firstPrograms, runNode }: Consumer,
  version: NodeVersion,
  kind: 'mjs' | 'cjs',
  label = '',
): Promise<Cell> => {
  const cells: Cell[] = []
  for (const { shortName, prints } of firstPrograms)
    cells.push(
      await report.check(
        `Node ${version}${label}: first program of ${shortName}, ${kinds[kind]}`,
        async () => {
          const { stdout } = await runNode(tools.node(version), [`first-${shortName}.${kind}`])
          equal(stdout, prints)
        },
      ),
    )
  return cells.every(cell => cell === 'passes') ? 'passes' : 'FAILS'
}

const kinds = { mjs: 'ES modules', cjs: 'CommonJS' }

const share = (
  { report, tools, consumer, newFolder }: TestContext,
  version: NodeVersion,
): ReturnType<Report['check']> =>
  report.check(
    `Node ${version}: ES modules and CommonJS share outcomes and one copy of fp-ts and io-ts`,
    async () => {
      const folder = newFolder(`loaded-${version}`)
      const { stdout } = await consumer.runNode(tools.node(version), ['share.mjs'], {
        NODE_V8_COVERAGE: folder,
      })
      equal(stdout, 'shared\n')
      const scripts = loadedScripts(folder)
      for (const name of ['fp-ts', 'io-ts']) equal(copiesOf(name, scripts).length, 1)
      // Were it not listed what ES modules load, or what CommonJS loads, this would show it.
      const ours = scripts.filter(script => script.includes('/@task-outcome/core/dist/index.'))
      equal(ours.map(script => script.replace(/.*\./, '')).sort(), ['cjs', 'js'])
    },
  )
