/**
 * What a published manifest has to say.
 */
export interface FullManifest {
  readonly name: string
  readonly description?: string
  readonly keywords?: ReadonlyArray<string>
  readonly homepage?: string
  readonly bugs?: string | { readonly url: string }
  readonly repository?: { readonly type: string; readonly url: string; readonly directory?: string }
  readonly license?: string
  readonly author?: string
  readonly sideEffects?: boolean
  readonly engines?: { readonly node?: string }
  readonly exports?: Readonly<Record<string, unknown>>
  readonly dependencies?: Readonly<Record<string, string>>
}

export const manifestIssues = (manifest: FullManifest, shortName: string): ReadonlyArray<string> => {
  const { repository, dependencies = {}, engines } = manifest
  const workspaceOnly = Object.entries(dependencies).filter(([, range]) =>
    /^(workspace|catalog|file|link):/.test(range),
  )
  return [
    ...(['description', 'homepage', 'bugs', 'author'] as const)
      .filter(field => manifest[field] === undefined || manifest[field] === '')
      .map(field => `there is no ${field}`),
    ...((manifest.keywords ?? []).length > 0 ? [] : ['there are no keywords']),
    ...(manifest.license === 'MIT' ? [] : ['the license is not MIT']),
    ...(manifest.sideEffects === false ? [] : ['sideEffects is not false']),
    ...(engines?.node === undefined ? ['engines does not name Node'] : []),
    ...(repository?.url.startsWith('git+https://') === true ? [] : ['the repository is not a git+https URL']),
    ...(repository?.directory === `packages/${shortName}`
      ? []
      : [`the directory is not packages/${shortName}`]),
    ...(JSON.stringify(manifest.exports?.['.']) === JSON.stringify(bothWays)
      ? []
      : ['the exports do not offer ES modules and CommonJS, with types for each']),
    ...workspaceOnly.map(([name, range]) => `the dependency ${name} is ${range}`),
  ]
}

const bothWays = {
  import: { types: './dist/index.d.ts', default: './dist/index.js' },
  require: { types: './dist/index.d.cts', default: './dist/index.cjs' },
}
