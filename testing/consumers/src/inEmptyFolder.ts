/**
 * A reader's first minutes: an empty folder, what the README says to install, and its first program.
 */
import type { Matrix } from './consumersPage.js'
import { equal } from './equal.js'
import { firstProgram } from './firstProgram.js'
import type { TestContext } from './TestContext.js'
import { createCachedProject } from './cachedProject.js'
import { inParallel } from './Report.js'
import type { Tarball } from './tarball.js'
import { type Peers, companions, highestPeers, nodeVersions } from './versions.js'

export const inEmptyFolder = async ({
  report,
  tarballs,
  tools,
  newFolder,
}: TestContext): Promise<Matrix> => ({
  title: 'In an empty folder',
  text: 'An empty folder in which the instructions of a README are followed: its installation, and its first program, saved and run with Node as the README says.',
  columns: ['package', 'saved as', 'Node', 'result'],
  rows: await inParallel(2, tarballs, async ({ name, shortName, readme }) => {
    const { installs, fileName, code, prints } = firstProgram(readme)
    const version = fileName.endsWith('.mts') ? nodeVersions[1] : nodeVersions[0]
    const cell = await report.check(`${name}: its README in an empty folder`, async () => {
      const project = createCachedProject(newFolder(`empty-${shortName}`))
      for (const words of installs) await project.install(...toInstall(words, tarballs, highestPeers))
      project.write(fileName, code)
      const { stdout } = await project.runNode(tools.node(version), [fileName])
      equal(stdout, prints)
    })
    return [`\`${name}\``, `\`${fileName}\``, version, cell]
  }),
})

/**
 * A README's words after `npm install`, with tarballs in the place of our packages and an exact version of everything
 * else. As core is not on the registry, its tarball is always there: the others depend on it.
 */
export const toInstall = (
  words: ReadonlyArray<string>,
  tarballs: ReadonlyArray<Pick<Tarball, 'name' | 'file'>>,
  peers: Peers,
): ReadonlyArray<string> => {
  const places = new Map([
    ...tarballs.map(({ name, file }) => [name, file] as const),
    ...Object.entries({ ...companions, ...peers }).map(
      ([name, version]) => [name, `${name}@${version}`] as const,
    ),
  ])
  const core = places.get('@task-outcome/core')
  const named = words.map(word => {
    const place = word.startsWith('-') ? word : places.get(word)
    if (place === undefined) throw new Error(`${word} is neither a package of ours nor a peer`)
    return place
  })
  return core === undefined || named.includes(core) ? named : [...named, core]
}
