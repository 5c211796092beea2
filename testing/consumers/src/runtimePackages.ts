/**
 * The npm packages that contain the executables of other runtimes. The packages `bun`, `deno` and `workerd` would copy or
 * download them with a script.
 */
import type { runtimeVersions } from './versions.js'

export interface RuntimePackage {
  readonly runtime: keyof typeof runtimeVersions
  readonly name: string
  /** The path of the executable in the package. */
  readonly executable: string
}

/** The packages for a machine: none of a runtime that npm does not have for it. */
export const runtimePackages = (platform: string, arch: string): ReadonlyArray<RuntimePackage> => {
  const system = systems[`${platform}-${arch}`]
  if (system === undefined) return []
  return [
    { runtime: 'bun', name: `@oven/bun-${system.bun}`, executable: 'bin/bun' },
    { runtime: 'deno', name: `@deno/${system.deno}`, executable: 'deno' },
    { runtime: 'workerd', name: `@cloudflare/workerd-${system.workerd}`, executable: 'bin/workerd' },
  ]
}

const systems: Readonly<
  Record<string, { readonly bun: string; readonly deno: string; readonly workerd: string }>
> = {
  'linux-x64': { bun: 'linux-x64', deno: 'linux-x64-glibc', workerd: 'linux-64' },
  'linux-arm64': { bun: 'linux-aarch64', deno: 'linux-arm64-glibc', workerd: 'linux-arm64' },
  'darwin-x64': { bun: 'darwin-x64', deno: 'darwin-x64', workerd: 'darwin-64' },
  'darwin-arm64': { bun: 'darwin-aarch64', deno: 'darwin-arm64', workerd: 'darwin-arm64' },
}
