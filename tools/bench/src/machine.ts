/**
 * What it was measured on.
 */
import { cpus } from 'node:os'

export const machineLine = (): string => {
  const [first, ...others] = cpus()
  return `${first?.model.trim() ?? 'unknown processor'}, ${others.length + 1} cores`
}
