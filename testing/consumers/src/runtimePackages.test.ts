import { expect, test } from 'vitest'
import { runtimePackages } from './runtimePackages.js'

test.each([
  ['linux', 'x64', ['@oven/bun-linux-x64', '@deno/linux-x64-glibc', '@cloudflare/workerd-linux-64']],
  ['darwin', 'arm64', ['@oven/bun-darwin-aarch64', '@deno/darwin-arm64', '@cloudflare/workerd-darwin-arm64']],
  ['aix', 'ppc64', []],
])('names the packages with the executables for %s-%s', (platform, arch, names) => {
  expect(runtimePackages(platform, arch).map(({ name }) => name)).toEqual(names)
})
