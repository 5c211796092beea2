/**
 * What was measured, and with what.
 */
import { readFileSync } from 'node:fs'

/** Such as `@azure/core-lro 3.3.1`. Not by `require`: some packages don't let their manifest be seen. */
export const nameWithVersion = (name: string): string => {
  const manifest = new URL(`../node_modules/${name}/package.json`, import.meta.url)
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string }
  return `${name} ${version}`
}

export const nodeVersion = `Node.js ${process.versions.node}`
