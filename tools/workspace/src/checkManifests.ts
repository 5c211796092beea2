// Checks what every package depends on: one version of everything, named in the catalog; and of our own packages only
// those that its source may import.

import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { packageFolders, packages, publishedFolders, root } from './packages.ts'

const scope = '@task-outcome/'

/** They import none of our packages, but inspect them as a whole. */
const observers: ReadonlyArray<string> = [
  'tools/api-report',
  'testing/consumers',
  'tools/docs-check',
  'tools/size',
]

/** Where other versions of what the catalog names come from: each from a tool that wants its own. */
const otherVersions: Readonly<Record<string, ReadonlyArray<string>>> = {
  '@babel/core': ['Stryker'],
  ajv: ['ESLint', 'API Extractor'],
  commander: ['arethetypeswrong'],
  rolldown: ['vite'],
  typescript: ['arethetypeswrong'],
}

interface Manifest {
  readonly name: string
  readonly private?: boolean
  readonly dependencies?: Dependencies
  readonly devDependencies?: Dependencies
  readonly optionalDependencies?: Dependencies
}
type Dependencies = Readonly<Record<string, string>>

const read = (file: string): string => readFileSync(join(root, file), 'utf8')
const faults: string[] = []

const manifests = new Map(
  ['.', ...packageFolders].map(
    folder => [folder, JSON.parse(read(`${folder}/package.json`)) as Manifest] as const,
  ),
)
const folderOf = new Map([...manifests].map(([folder, { name }]) => [name, folder] as const))
const manifestOf = (name: string): Manifest | undefined => manifests.get(folderOf.get(name) ?? '')

for (const [
  folder,
  { private: isPrivate = false, dependencies = {}, devDependencies = {}, optionalDependencies = {} },
] of manifests) {
  const say = (fault: string) => void faults.push(`${folder}/package.json: ${fault}`)

  for (const [name, range] of Object.entries({
    ...dependencies,
    ...devDependencies,
    ...optionalDependencies,
  })) {
    const isOurs = name.startsWith(scope)
    // What is published names a range, so that a fix of one package is a fix for those that depend on it.
    const wanted = isOurs ? (!isPrivate && name in dependencies ? 'workspace:^' : 'workspace:*') : 'catalog:'
    if (range !== wanted) say(`${name} is ${range}, and must be ${wanted}`)
    if (isOurs && folderOf.get(name)?.startsWith('apps/') === true)
      say(`nothing may depend on an app, such as ${name}`)
  }

  if (!isPrivate)
    for (const name of Object.keys(dependencies))
      if (manifestOf(name)?.private === true) say(`${name} is not published, so users can't install it`)

  if (folder === '.' || observers.includes(folder)) continue
  const { source = [], tests = [] } = packages[folder] ?? {}
  const ours = (dependencies: Dependencies): ReadonlyArray<string> =>
    Object.keys(dependencies).filter(name => name.startsWith(scope))
  const mayUse = (kind: string, names: ReadonlyArray<string>, allowed: ReadonlyArray<string>): void => {
    for (const name of names)
      if (!allowed.includes(name.slice(scope.length)))
        say(`${name} is no package that its ${kind} may import, see tools/workspace/src/packages.ts`)
  }
  mayUse('source', ours(dependencies), source)
  mayUse('tests', ours(devDependencies), [...source, ...tests, 'build'])
}

for (const group of ['packages', 'apps', 'testing', 'tools'])
  for (const name of readdirSync(join(root, group)))
    if (existsSync(join(root, group, name, 'package.json')) && !packageFolders.includes(`${group}/${name}`))
      faults.push(`${group}/${name}: the package is not listed in tools/workspace/src/packages.ts`)

for (const [folder, { private: isPrivate = false }] of manifests)
  if (!isPrivate && !publishedFolders.includes(folder))
    faults.push(`${folder}/package.json: a package that is published must be in packages/`)

const lockfile = read('pnpm-lock.yaml')
const section = (title: string): string => {
  const [, text] = new RegExp(`^${title}:\\n((?: .*\\n|\\n)*)`, 'm').exec(lockfile) ?? []
  if (text === undefined) throw new Error(`pnpm-lock.yaml has no ${title}`)
  return text
}
const inCatalog = [...section('catalogs').matchAll(/^ {4}'?([^'\s]+?)'?:$/gm)].map(([, name = '']) => name)
const versions = new Map<string, ReadonlyArray<string>>()
for (const [, name = '', version = ''] of section('packages').matchAll(
  /^ {2}'?(@?[^@'\s]+)@([^'\s]+?)'?:$/gm,
))
  versions.set(name, [...(versions.get(name) ?? []), version])

if (inCatalog.length === 0) faults.push('pnpm-lock.yaml: there is no catalog in it')
for (const name of inCatalog) {
  const found = versions.get(name) ?? []
  const tools = otherVersions[name] ?? []
  if (found.length > 1 + tools.length)
    faults.push(
      `pnpm-lock.yaml: ${name} has the versions ${found.join(', ')}: see who wants them with pnpm why -r`,
    )
  if (found.length < 1 + tools.length)
    faults.push(
      `tools/workspace/src/checkManifests.ts: one of ${tools.join(', ')} brings no ${name} of its own any more`,
    )
}

for (const fault of faults) console.error(fault)
console.log(
  `${manifests.size} manifests, ${inCatalog.length} dependencies in the catalog: ${faults.length} faults`,
)
process.exitCode = faults.length > 0 ? 1 : 0
