/**
 * What was measured, and with what.
 */
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/** Such as `@azure/core-lro 3.3.1`. */
export const nameWithVersion = (name: string): string => {
  const { version } = require(`${name}/package.json`) as { readonly version: string }
  return `${name} ${version}`
}

export const nodeVersion = `Node.js ${process.versions.node}`
