import { transformAsync } from '@babel/core'
import type { Rolldown, UserConfig } from 'tsdown'

/** Every package keeps its module structure in dist and bundles none of its dependencies. */
const shared = {
  outDir: 'dist',
  unbundle: true,
  platform: 'neutral',
  target: 'es2022',
  sourcemap: true,
  dts: { sourcemap: true },
  fixedExtension: false,
  clean: true,
  inputOptions: { checks: { pluginTimings: false } },
} satisfies UserConfig

/**
 * Says of every call that a module makes when it is loaded, as of each codec, that it has no effect: a bundler then leaves
 * out what is not imported, where it would keep the codecs of every module of which a function is used.
 */
const pureCalls: Rolldown.Plugin = {
  name: 'pure-calls',
  renderChunk: async (code, { fileName }) => {
    if (!/\.c?js$/.test(fileName)) return null // declarations have no calls
    const options = { configFile: false, babelrc: false, compact: false, sourceMaps: true } as const
    const result = await transformAsync(code, { ...options, plugins: ['annotate-pure-calls'] })
    if (result?.code == null) throw new Error(`Babel gave nothing for ${fileName}`)
    return { code: result.code, map: JSON.stringify(result.map) }
  },
}

/** ESM and CJS side by side, for the packages that are published. */
export const library: UserConfig = { ...shared, format: ['esm', 'cjs'], plugins: [pureCalls] }

/** ESM alone, for the packages that stay in this workspace. */
export const internal: UserConfig = { ...shared, format: ['esm'] }
