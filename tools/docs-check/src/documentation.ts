import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Example } from './Example.js'
import { readComments } from './readComments.js'
import { readMarkdown } from './readMarkdown.js'

/** The folder of the workspace. */
export const root = fileURLToPath(new URL('../../../', import.meta.url))

/** The Markdown pages: those at the root and under `docs`, and the README files of the packages. */
export const pages = (): ReadonlyArray<string> =>
  [
    ...namesIn('.').filter(isMarkdown),
    ...['packages', 'apps', 'testing', 'tools'].flatMap(group =>
      namesIn(group).map(name => `${group}/${name}/README.md`),
    ),
    ...['docs/guides', 'docs/reference', 'docs/internals'].flatMap(folder =>
      namesIn(folder)
        .filter(isMarkdown)
        .map(name => `${folder}/${name}`),
    ),
  ].filter(file => existsSync(join(root, file)))

/** Every example in the pages, and in the comments of the published packages. */
export const documentation = (): ReadonlyArray<Example> => [
  ...pages().flatMap(file => readMarkdown(file, read(file))),
  ...namesIn('packages')
    .flatMap(name => sourcesIn(join(root, 'packages', name, 'src')))
    .flatMap(file => readComments(file, read(file))),
]

const isMarkdown = (name: string): boolean => name.endsWith('.md')

const read = (file: string): string => readFileSync(join(root, file), 'utf8')

const namesIn = (folder: string): ReadonlyArray<string> =>
  existsSync(join(root, folder)) ? readdirSync(join(root, folder)).sort() : []

const sourcesIn = (folder: string): ReadonlyArray<string> =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map(name => relative(root, join(folder, name)).split(sep).join('/'))
    .sort()
