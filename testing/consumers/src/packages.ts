/**
 * Checks of each tarball: its content, and the results of package linters.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { run } from '@task-outcome/scratch-project'
import type { Matrix } from './consumersPage.js'
import { equal } from './equal.js'
import type { TestContext } from './TestContext.js'
import { type FullManifest, manifestIssues } from './manifestIssues.js'
import { inParallel } from './Report.js'
import { root } from './publishedPackages.js'
import { filesOf, listIssues, sourceMapsIssues } from './tarball.js'

export const packages = async ({ report, tarballs, consumer }: TestContext): Promise<Matrix> => ({
  title: 'Packages',
  text: 'Checks of each tarball: the fields of its manifest, its files, its licence, whether its source maps and declaration maps point to sources that it contains, and the results of `publint` (strict) and `attw`.',
  columns: ['package', 'manifest', 'files', 'licence', 'source maps', 'publint', 'attw'],
  rows: await inParallel(2, tarballs, async ({ name, shortName, file }) => {
    const folder = join(consumer.folder, 'node_modules', name)
    const files = filesOf(folder)
    const read = (path: string): string => readFileSync(path, 'utf8')
    return [
      `\`${name}\``,
      await report.check(`${name}: its manifest is complete`, async () =>
        equal(manifestIssues(JSON.parse(read(join(folder, 'package.json'))) as FullManifest, shortName), []),
      ),
      await report.check(`${name}: it holds what it should`, async () => equal(listIssues(files), [])),
      await report.check(`${name}: its licence is the workspace's`, async () =>
        equal(read(join(folder, 'LICENSE')), read(join(root, 'LICENSE'))),
      ),
      await report.check(`${name}: its source maps lead to shipped sources`, async () =>
        equal(sourceMapsIssues(folder, files), []),
      ),
      await report.check(`${name}: publint finds nothing`, async () => {
        const tarball = Uint8Array.from(readFileSync(file)).buffer
        const { messages, pkg } = await publint({ pack: { tarball }, strict: true, level: 'suggestion' })
        equal(
          messages.map(message => formatMessage(message, pkg, { color: false })),
          [],
        )
      }),
      await report.check(`${name}: attw finds nothing`, () =>
        run(root, [process.execPath, attw, file, '--no-color', '--no-emoji']),
      ),
    ]
  }),
})

const attwManifest = createRequire(import.meta.url).resolve('@arethetypeswrong/cli/package.json')
const { bin } = JSON.parse(readFileSync(attwManifest, 'utf8')) as { readonly bin: { readonly attw: string } }
const attw = join(dirname(attwManifest), bin.attw)
