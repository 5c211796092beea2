/**
 * A reader's first minutes: an empty folder, what the README says to install, and its first program.
 */
import type { Matrix } from './consumersPage.js'
import { equal } from './equal.js'
import { firstProgram } from './firstProgram.js'
import type { Manifest } from './publishedPackages.js'
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
 * A README's words after `npm install`, with tarballs in the place of our packages and an exact version of everything else. As ours
 * are not on the registry, the tarballs of those that they depend on are always there.
 */
export const toInstall = (
  words: ReadonlyArray<string>,
  tarballs: ReadonlyArray<Installable>,
  peers: Peers,
): ReadonlyArray<string> => {
  const ours = new Map(tarballs.map(tarball => [tarball.name, tarball]))
  const others = new Map(
    Object.entries({ ...companions, ...peers }).map(([name, version]) => [name, `${name}@${version}`]),
  )
  const named = words.map(word => {
    const place = word.startsWith('-') ? word : (ours.get(word)?.file ?? others.get(word))
    if (place === undefined) throw new Error(`${word} is neither a package of ours nor a peer`)
    return place
  })
  const needed = new Set<string>()
  const need = (name: string): void => {
    const tarball = ours.get(name)
    if (tarball === undefined || needed.has(tarball.file)) return
    needed.add(tarball.file)
    Object.keys(tarball.manifest.dependencies ?? {}).forEach(need)
  }
  words.forEach(need)
  return [...new Set([...named, ...needed])]
}

type Installable = Pick<Tarball, 'name' | 'file'> & { readonly manifest: Pick<Manifest, 'dependencies'> }
