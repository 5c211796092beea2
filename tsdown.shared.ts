import { getBabelOutputPlugin } from '@rollup/plugin-babel'
import type { UserConfig } from 'tsdown'

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
const pureCalls = getBabelOutputPlugin({
  plugins: ['annotate-pure-calls'],
  configFile: false,
  compact: false,
  excludeChunks: [/\.d$/], // declarations
})

/** ESM and CJS side by side, for the packages that are published. */
export const library: UserConfig = { ...shared, format: ['esm', 'cjs'], plugins: [pureCalls] }

/** ESM alone, for the packages that stay in this workspace. */
export const internal: UserConfig = { ...shared, format: ['esm'] }
