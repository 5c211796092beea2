/**
 * Prints what each part weighs.
 */
import { bundle, peers } from './Bundle.js'
import { budgets } from './budgets.js'

for (const { part, program, leftOut = [], maxBytes } of budgets) {
  const { bytes } = await bundle(program, [...peers, ...leftOut])
  console.log(
    `${(bytes / 1000).toFixed(1).padStart(5)} kB of ${(maxBytes / 1000).toFixed(1).padStart(4)} kB  ${part}`,
  )
}
