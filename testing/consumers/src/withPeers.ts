/**
 * The ends of the peers' ranges.
 */
import type { Matrix } from './consumersPage.js'
import { equal } from './equal.js'
import { installConsumer } from './Consumer.js'
import type { TestContext } from './TestContext.js'
import { runFirstPrograms } from './onNode.js'
import { rangeIssues } from './peerRanges.js'
import { inParallel } from './Report.js'
import { compile, compileProgram, nodenext } from './withTypeScript.js'
import { highestPeers, lowestPeers, nodeVersions, peersTooLow, typescriptVersions } from './versions.js'

export const withPeers = async (kit: TestContext): Promise<Matrix> => {
  const { report, tools, tarballs } = kit
  for (const { name, manifest } of tarballs)
    await report.check(`${name}: the ranges of its peers are those that are tested`, async () =>
      equal(rangeIssues(manifest, lowestPeers, highestPeers), []),
    )

  await peersBelow(kit)

  const ends = [
    { end: 'lowest', peers: lowestPeers, consumer: kit.oldConsumer, node: nodeVersions[0] },
    { end: 'highest', peers: highestPeers, consumer: kit.consumer, node: nodeVersions[3] },
  ]
  const rows = await inParallel(2, ends, async ({ end, peers, consumer, node }) => {
    const label = `, ${end} peers`
    const manyIssues = await report.check(`Node ${node}${label}: a hostile answer`, async () => {
      const { stdout } = await consumer.runNode(tools.node(node), ['manyIssues.mjs'])
      equal(stdout, '400000\n')
    })
    return [
      `fp-ts ${peers['fp-ts']}, io-ts ${peers['io-ts']}, axios ${peers.axios}`,
      node,
      await runFirstPrograms(kit, consumer, node, 'mjs', label),
      await runFirstPrograms(kit, consumer, node, 'cjs', label),
      manyIssues,
      await compile(kit, consumer, typescriptVersions[0], nodenext, label),
      await compile(kit, consumer, typescriptVersions[3], nodenext, label),
    ]
  })
  return {
    title: 'Peers',
    text: 'The same first programs with the oldest and the newest versions in the ranges of the manifests; a response with 400,000 issues, on which careless use of older versions of fp-ts overflows the stack; and the `nodenext` program of the table above. npm refuses to install a release older than the lowest one, and something breaks if it is forced to.',
    columns: [
      'peers',
      'Node',
      'ES modules',
      'CommonJS',
      'hostile response',
      `TypeScript ${typescriptVersions[0]}`,
      `TypeScript ${typescriptVersions[3]}`,
    ],
    rows,
  }
}

/** The ranges begin no later than they have to, and npm knows them. */
const peersBelow = async ({ report, tools, tarballs, newFolder }: TestContext): Promise<void> => {
  const [node, compiler] = [tools.node(nodeVersions[0]), tools.typescript(typescriptVersions[3])]
  await report.check('older peers are refused by npm', () =>
    fails(/ERESOLVE/, installConsumer(newFolder('refused'), tarballs, peersTooLow)),
  )
  await report.check('older peers would break', async () => {
    const consumer = await installConsumer(newFolder('broken'), tarballs, peersTooLow, ['--legacy-peer-deps'])
    await fails(/'getAdapter'/, consumer.runNode(node, ['first-axios.mjs']))
    await fails(/concatW/, consumer.runNode(node, ['-e', readPartly]))
    await fails(/io-ts\/lib\/index\.d\.ts.*TS2344/, compileProgram(consumer, node, compiler, nodenext))
  })
}

/** Lists the entries of a batch. */
const readPartly = "const { describe, partly } = require('./produce.cjs'); describe(partly)"

const fails = async (pattern: RegExp, running: Promise<unknown>): Promise<void> => {
  const reason = await running.then(
    () => 'it did not fail',
    (error: unknown) => String(error),
  )
  if (!pattern.test(reason)) throw new Error(`expected a failure with ${String(pattern)}, but:\n${reason}`)
}
