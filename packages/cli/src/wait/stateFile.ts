/**
 * The file in which a wait stores what it knows, so that another process can go on.
 *
 * @internal
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { WaitResult } from '@task-outcome/wait'
import { usageError } from '../exitCodes.js'
import { visible } from '../output/visible.js'
import type { Row } from '../read/Row.js'

export interface StoredWait {
  readonly wait: WaitResult
  /** The rows without a task to wait for. */
  readonly others: ReadonlyArray<Row>
  /** Whether more tasks may be running than are known, because a response was broken. */
  readonly inDoubt: boolean
}

/** Returns what is stored of a wait with an action, or `undefined` if there is no file yet. */
export const loadWait = (file: string, query: string): StoredWait | undefined => {
  if (!existsSync(file)) return undefined
  const name = visible(file)
  const stored = parse(readFileSync(file, 'utf8'))
  const wait = WaitResult.decode(stored.wait)
  if (stored.version !== 1 || wait._tag === 'Left' || !Array.isArray(stored.others))
    throw usageError(`"${name}" is no state of a wait: name another file with --state`)
  if (stored.query !== query)
    throw usageError(
      `"${name}" is of a wait with --action ${visible(String(stored.query))}: name that action, or another file`,
    )
  return {
    wait: wait.right,
    others: stored.others as ReadonlyArray<Row>,
    inDoubt: stored.inDoubt !== false,
  }
}

const parse = (text: string): Readonly<Record<string, unknown>> => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
  } catch {
    return {}
  }
}

/** Replaces the file as a whole: a process that is killed leaves the old one or the new one. */
export const storeWait = (file: string, query: string, { wait, others, inDoubt }: StoredWait): void => {
  const temporary = `${file}.${process.pid}.tmp`
  try {
    writeFileSync(
      temporary,
      `${JSON.stringify({ version: 1, query, wait: WaitResult.encode(wait), others, inDoubt })}\n`,
      {
        mode: 0o600,
      },
    )
    renameSync(temporary, file)
  } catch (thrown) {
    throw usageError(
      `cannot write "${visible(file)}": ${thrown instanceof Error ? visible(thrown.message) : 'unknown error'}`,
    )
  }
}
