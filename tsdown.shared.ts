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

/** ESM and CJS side by side, for the packages that are published. */
export const library: UserConfig = { ...shared, format: ['esm', 'cjs'] }

/** ESM alone, for the packages that stay in this workspace. */
export const internal: UserConfig = { ...shared, format: ['esm'] }
