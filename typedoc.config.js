import { existsSync } from 'node:fs'
import { publishedFolders } from './tools/workspace/src/packages.ts'

/** @type {import('typedoc').TypeDocOptions} */
export default {
  name: 'task-outcome',
  plugin: ['./tools/workspace/src/typedocPlugin.ts'],
  entryPointStrategy: 'packages',
  // A command has no exports.
  entryPoints: publishedFolders.filter(folder =>
    existsSync(new URL(`${folder}/src/index.ts`, import.meta.url)),
  ),
  packageOptions: {
    entryPoints: ['src/index.ts'],
    readme: 'README.md',
    excludeInternal: true,
    excludeExternals: true,
    externalPattern: ['**/node_modules/**', '**/dist/**'],
    disableSources: true,
    blockTags: ['@category', '@example', '@since', '@param', '@typeParam'],
    modifierTags: ['@internal'],
    validation: { invalidLink: true, notExported: true, notDocumented: true },
    requiredToBeDocumented: ['Class', 'Enum', 'Function', 'Interface', 'TypeAlias', 'Variable'],
  },
  readme: 'README.md',
  projectDocuments: [
    'docs/guides/first-steps.md',
    'docs/guides/reading-a-batch-outcome.md',
    'docs/guides/when-to-send-again.md',
    'docs/guides/without-fp-ts.md',
    'docs/guides/from-any-to-outcomes.md',
    'docs/guides/from-tencentcloud-sdk-nodejs.md',
    'docs/guides/api-2-and-private-clouds.md',
    'docs/guides/writing-an-adapter.md',
    'docs/{reference,internals}/*.md',
    'ARCHITECTURE.md',
    'CONTRIBUTING.md',
    'SECURITY.md',
    '{testing,tools}/*/README.md',
  ],
  out: 'site',
  cleanOutputDir: true,
  hideGenerator: true,
  markdownItOptions: { html: true, linkify: false },
  categorizeByGroup: false,
  defaultCategory: 'Packages',
  categoryOrder: ['Guides', 'Packages', 'Reference', 'Working on it'],
  navigation: { includeCategories: true, includeGroups: false, includeFolders: false },
  treatWarningsAsErrors: true,
  treatValidationWarningsAsErrors: true,
  validation: { invalidLink: true, invalidPath: true, rewrittenLink: true },
}
