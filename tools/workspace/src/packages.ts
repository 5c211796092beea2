import { fileURLToPath } from 'node:url'

/** The folder of the workspace. */
export const root = fileURLToPath(new URL('../../..', import.meta.url))

/** The packages of ours, without their scope, that a package may import. */
interface MayImport {
  readonly source: ReadonlyArray<string>
  readonly tests: ReadonlyArray<string>
}

/**
 * Every package of the workspace and the packages of ours that its source may import; its tests may also import those under
 * `tests`, and the configuration of each extends that of `build`. The packages in `packages/` are published. A package that is
 * missing here is an error: ESLint, TypeDoc and the scripts of this folder read the list.
 */
export const packages: Readonly<Record<string, MayImport>> = {
  'testing/fixtures': { source: [], tests: [] },
  'packages/core': { source: [], tests: ['fixtures'] },
  'testing/fuzz': { source: ['core', 'fixtures'], tests: [] },
  'packages/emulator': { source: ['core'], tests: [] },
  'testing/conformance': { source: ['core', 'emulator', 'fixtures'], tests: [] },
  'packages/axios': { source: ['core'], tests: ['emulator', 'conformance'] },
  'packages/fetch': { source: ['core'], tests: ['emulator', 'conformance'] },
  'packages/wait': { source: ['core'], tests: ['emulator', 'axios', 'fetch'] },
  'packages/tencentcloud': { source: ['core'], tests: ['emulator', 'axios', 'fetch', 'wait'] },
  'packages/cli': {
    source: ['core', 'emulator', 'fetch', 'page', 'tencentcloud', 'wait'],
    tests: ['fixtures'],
  },
  'packages/page': { source: ['core', 'wait'], tests: [] },
  'packages/tracker': { source: ['core', 'wait'], tests: ['emulator', 'fetch'] },
  'tools/bench': { source: ['core', 'wait', 'axios', 'fetch', 'emulator'], tests: [] },
  'tools/docs-check': { source: [], tests: [] },
  'tools/size': { source: [], tests: ['core'] },
  'tools/api-report': { source: [], tests: [] },
  'tools/schemas': { source: ['core', 'wait'], tests: [] },
  'tools/build': { source: [], tests: [] },
  'tools/workspace': { source: [], tests: [] },
  'tools/scratch-project': { source: [], tests: [] },
  'tools/release': { source: ['scratch-project'], tests: [] },
  'testing/consumers': {
    source: ['core', 'axios', 'fetch', 'wait', 'emulator', 'scratch-project'],
    tests: [],
  },
  'apps/tracker': {
    source: ['core', 'fetch', 'tencentcloud', 'tracker'],
    tests: ['emulator'],
  },
  'apps/restart-service': { source: ['fetch', 'wait'], tests: ['emulator'] },
  'apps/demo': {
    source: ['core', 'axios', 'fetch', 'tencentcloud', 'wait', 'page', 'emulator', 'fixtures'],
    tests: [],
  },
}

/** The folders of the workspace's packages, from the root. */
export const packageFolders = Object.keys(packages)

/** The folders of the packages that are published. */
export const publishedFolders = packageFolders.filter(folder => folder.startsWith('packages/'))
