import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '../..')

/**
 * Every package of the workspace and the packages of ours that its source may import; its tests may also import those under
 * `tests`. The packages in `packages/` are published. A package that is missing here is an
 * error: ESLint, TypeDoc and the scripts of this folder read the list.
 *
 * @type {Readonly<Record<string, { readonly source: ReadonlyArray<string>, readonly tests: ReadonlyArray<string> }>>}
 */
export const packages = {
  'testing/fixtures': { source: [], tests: [] },
  'packages/core': { source: [], tests: ['fixtures'] },
  'testing/fuzz': { source: ['core', 'fixtures'], tests: [] },
  'packages/emulator': { source: ['core'], tests: [] },
  'testing/conformance': { source: ['core', 'emulator', 'fixtures'], tests: [] },
  'packages/axios': { source: ['core'], tests: ['emulator', 'conformance'] },
  'packages/fetch': { source: ['core'], tests: ['emulator', 'conformance'] },
  'packages/wait': { source: ['core'], tests: ['emulator', 'axios', 'fetch'] },
  'packages/tencentcloud': { source: ['core'], tests: ['emulator', 'axios', 'fetch', 'wait', 'conformance'] },
  'tools/bench': { source: ['core', 'wait', 'axios', 'fetch', 'emulator'], tests: [] },
  'tools/docs-check': { source: [], tests: [] },
  'tools/size': { source: [], tests: ['core'] },
  'tools/api-report': { source: [], tests: [] },
  'testing/consumers': { source: ['core', 'axios', 'fetch', 'wait', 'emulator'], tests: [] },
  'apps/demo': { source: ['core', 'axios', 'fetch', 'wait', 'emulator', 'fixtures'], tests: [] },
}

/** The folders of the workspace's packages, from the root. */
export const packageFolders = Object.keys(packages)

/** The folders of the packages that are published. */
export const publishedFolders = packageFolders.filter(folder => folder.startsWith('packages/'))
