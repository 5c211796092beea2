import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** The folders of the workspace's packages, from the root. */
export const packageFolders = () =>
  ['packages', 'apps'].flatMap(group =>
    readdirSync(join(root, group))
      .map(name => `${group}/${name}`)
      .filter(folder => existsSync(join(root, folder, 'package.json'))),
  )
