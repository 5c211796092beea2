/**
 * What it costs to import a package: the time that a process takes longer.
 */
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Table } from './Table.js'
import { nameWithVersion } from './versions.js'

const packages = ['@task-outcome/core', '@task-outcome/wait', 'io-ts', 'zod', 'arktype', 'axios'] as const

interface ImportCost {
  readonly name: string
  /** In milliseconds, as ES modules. */
  readonly esmMs: number
  /** In milliseconds, by `require`. */
  readonly commonJsMs: number
}

const folder = fileURLToPath(new URL('..', import.meta.url))
const require = createRequire(import.meta.url)

/** Measures in rounds, so that what else runs on the machine meets all alike, and takes the best of each. */
export const compareImports = (rounds = 15): ReadonlyArray<ImportCost> => {
  let best = packages.map((name): ImportCost => ({ name, esmMs: Infinity, commonJsMs: Infinity }))
  for (let round = 0; round < rounds; round++)
    best = best.map(({ name, esmMs, commonJsMs }) => ({
      name,
      esmMs: Math.min(esmMs, timeOf(`await import(${JSON.stringify(import.meta.resolve(name))})`, 'module')),
      commonJsMs: Math.min(
        commonJsMs,
        timeOf(`require(${JSON.stringify(require.resolve(name))})`, 'commonjs'),
      ),
    }))
  return best
}

/** The time from the first statement that Node runs to the last. */
const timeOf = (statement: string, type: 'module' | 'commonjs'): number => {
  const program = `const start = performance.now(); ${statement}`
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [`--input-type=${type}`, '--eval', `${program}; console.log(performance.now() - start)`],
    { cwd: folder, encoding: 'utf8' },
  )
  const ms = Number(stdout)
  if (stdout === '' || Number.isNaN(ms)) throw new Error(`${statement} failed: ${stderr}`)
  return ms
}

export const importTable = (costs: ReadonlyArray<ImportCost>): Table => {
  const base = costs.find(({ name }) => name === 'io-ts')
  const show = (ms: number, of = NaN): string => `${ms.toFixed(1)} ms, ${(ms / of).toFixed(2)}`
  return {
    columns: [
      { title: 'package', align: 'left' },
      { title: 'ES modules', align: 'right' },
      { title: 'CommonJS', align: 'right' },
    ],
    rows: costs.map(({ name, esmMs, commonJsMs }) => [
      nameWithVersion(name),
      show(esmMs, base?.esmMs),
      show(commonJsMs, base?.commonJsMs),
    ]),
  }
}

export const importLegend =
  'The best of all rounds, and relative to io-ts, which core imports: the time that a new process takes for the import.'
