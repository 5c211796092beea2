/**
 * `npm run consumers [-- --write]`
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundled } from './bundled.js'
import { type Consumer, installConsumer } from './Consumer.js'
import { type Matrix, consumersPage } from './consumersPage.js'
import { inEmptyFolder } from './inEmptyFolder.js'
import type { TestContext } from './TestContext.js'
import { onNode } from './onNode.js'
import { failuresOnRuntimes, onRuntimes } from './onRuntimes.js'
import { packages } from './packages.js'
import { publishedPackages, root } from './publishedPackages.js'
import { type Report, createReport, inParallel } from './Report.js'
import { pack } from './tarball.js'
import { installTools } from './tools.js'
import { type Peers, highestPeers, lowestPeers } from './versions.js'
import { withPeers } from './withPeers.js'
import { withTypeScript } from './withTypeScript.js'

const page = join(root, 'docs/reference/consumers.md')

const parts: ReadonlyArray<(kit: TestContext) => Promise<Matrix>> = [
  packages,
  inEmptyFolder,
  onNode,
  withTypeScript,
  withPeers,
  bundled,
  onRuntimes,
  failuresOnRuntimes('fetch'),
  failuresOnRuntimes('axios'),
]

/** Prepares everything that the parts need. If this fails, nothing else can be checked. */
const prepare = async (report: Report, scratch: string): Promise<TestContext> => {
  const newFolder = (name: string): string => join(scratch, name)
  mkdirSync(newFolder('tarballs'))
  const tarballs = await inParallel(2, publishedPackages(), published =>
    pack(published, newFolder('tarballs')),
  )
  console.log(`packed  ${tarballs.map(({ name }) => name).join(', ')}`)
  const said = async <A>(installing: Promise<A>, what: string): Promise<A> => {
    const installed = await installing
    console.log(`installed  ${what}`)
    return installed
  }
  const install = (folder: string, peers: Peers): Promise<Consumer> =>
    said(installConsumer(newFolder(folder), tarballs, peers), `every package, in ${folder}`)
  const [[consumer, oldConsumer], tools] = await Promise.all([
    // One after the other: the second finds most of what it needs in npm's cache.
    install('new-peers', highestPeers).then(
      async consumer => [consumer, await install('old-peers', lowestPeers)] as const,
    ),
    said(installTools(newFolder('tools')), 'Node, TypeScript, the bundlers and the runtimes'),
  ])
  return { report, tarballs, tools, consumer, oldConsumer, newFolder }
}

/** Writes the page, or compares it with the results. */
const settlePage = async (write: boolean, text: string): Promise<void> => {
  if (write) {
    writeFileSync(page, text)
    console.log(`${page} is written`)
  } else if (!existsSync(page) || readFileSync(page, 'utf8') !== text)
    throw new Error(
      'docs/reference/consumers.md is not what was found. Run npm run consumers -- --write and look at the difference.',
    )
}

const main = async (args: ReadonlyArray<string>): Promise<void> => {
  const [option, ...rest] = args
  if (rest.length > 0 || (option !== undefined && option !== '--write')) {
    console.error(`Usage: npm run consumers [-- --write]

Packs the packages, installs them into projects outside the workspace, and uses them there.
--write writes what was found to docs/reference/consumers.md; without it, the page must say the same`)
    process.exitCode = 2
    return
  }
  const began = Date.now()
  const report = createReport(line => {
    console.log(line)
  })
  const scratch = mkdtempSync(join(tmpdir(), 'task-outcome-consumers-'))
  await report.check('everything is packed and installed', async () => {
    const kit = await prepare(report, scratch)
    const matrices: Matrix[] = []
    for (const part of parts) matrices.push(await part(kit))
    const text = await consumersPage(matrices)
    if (report.failures().length === 0)
      await report.check('docs/reference/consumers.md says what was found', () =>
        settlePage(option === '--write', text),
      )
  })

  for (const { name, reason } of report.failures()) console.error(`\nFAILED  ${name}\n${reason}`)
  const failed = report.failures().length
  if (failed === 0) rmSync(scratch, { recursive: true, force: true })
  else {
    process.exitCode = 1
    console.error(`\nThe projects are left in ${scratch}`)
  }
  console.log(`\n${((Date.now() - began) / 1000).toFixed(0)} s`)
  console.log(`${report.passed()} passed, ${failed} failed`)
}

await main(process.argv.slice(2))
