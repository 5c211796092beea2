/**
 * The ends of the peers' ranges.
 */
import type { Matrix } from './consumersPage.js'
import { equal } from './equal.js'
import type { Kit } from './Kit.js'
import { runFirstPrograms } from './onNode.js'
import { rangeFaults } from './peerRanges.js'
import { compile, nodenext } from './withTypeScript.js'
import { highestPeers, lowestPeers, nodeVersions, typescriptVersions } from './versions.js'

export const withPeers = async (kit: Kit): Promise<Matrix> => {
  const { report, tools, tarballs } = kit
  for (const { name, manifest } of tarballs)
    await report.check(`${name}: the ranges of its peers are those that are tested`, async () =>
      equal(rangeFaults(manifest, lowestPeers, highestPeers), []),
    )

  const ends = [
    { end: 'lowest', peers: lowestPeers, consumer: kit.oldConsumer, node: nodeVersions[0] },
    { end: 'highest', peers: highestPeers, consumer: kit.consumer, node: nodeVersions[3] },
  ]
  const rows: string[][] = []
  for (const { end, peers, consumer, node } of ends) {
    const label = `, ${end} peers`
    const manyFaults = await report.check(`Node ${node}${label}: a hostile answer`, async () => {
      const { stdout } = await consumer.runNode(tools.node(node), ['manyFaults.mjs'])
      equal(stdout, '400000\n')
    })
    rows.push([
      `fp-ts ${peers['fp-ts']}, io-ts ${peers['io-ts']}, axios ${peers.axios}`,
      node,
      await runFirstPrograms(kit, consumer, node, 'mjs', label),
      await runFirstPrograms(kit, consumer, node, 'cjs', label),
      manyFaults,
      await compile(kit, consumer, typescriptVersions[0], nodenext, label),
      await compile(kit, consumer, typescriptVersions[3], nodenext, label),
    ])
  }
  return {
    title: 'Peers',
    text: 'The first programs again, with each end of the ranges that the manifests name; an answer with 400,000 faults, on which older versions of fp-ts overflow the stack where they are used carelessly; and the program of the table above.',
    columns: [
      'peers',
      'Node',
      'ES modules',
      'CommonJS',
      'hostile answer',
      `TypeScript ${typescriptVersions[0]}`,
      `TypeScript ${typescriptVersions[3]}`,
    ],
    rows,
  }
}
