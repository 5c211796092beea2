import type { UserConfig } from 'tsdown'
import { pureConstants } from './pureConstants.ts'

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
  minify: false, // else what is marked below is written out again
  inputOptions: { checks: { bundlerTimings: false } },
} satisfies UserConfig

/** ESM and CJS side by side, for the packages that are published. */
export const library: UserConfig = { ...shared, format: ['esm', 'cjs'], plugins: [pureConstants] }

/** ESM alone, for the packages that stay in this workspace. */
export const internal: UserConfig = { ...shared, format: ['esm'] }
