/**
 * Writes docs/internals/performance.md and docs/internals/performance.svg.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { type PerformancePart, performancePage } from './performancePage.js'

const page = new URL('../../../docs/internals/performance.md', import.meta.url)
const picture = new URL('../../../docs/internals/performance.svg', import.meta.url)

export const writePart = (part: PerformancePart, content: string): URL => {
  const before = existsSync(page) ? readFileSync(page, 'utf8') : ''
  writeFileSync(page, performancePage(before, part, content))
  return page
}

export const writePicture = (svg: string): URL => {
  writeFileSync(picture, svg)
  return picture
}
