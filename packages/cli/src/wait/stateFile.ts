/**
 * The file in which a wait stores what it knows, so that another process can go on.
 *
 * @internal
 */
import { createHash, randomUUID } from 'node:crypto'
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { type TaskRef, WaitResult } from '@task-outcome/wait'
import { usageError } from '../exitCodes.js'
import { membersOf, parsePlainJson } from '../input/plainJson.js'
import { readFileIfAny } from '../input/readInput.js'
import { decodeText } from '../input/readText.js'
import { visible } from '../output/visible.js'
import { rowOf } from '../read/printedRows.js'
import type { Row } from '../read/Row.js'

export interface StoredWait {
  readonly wait: WaitResult
  /** The rows without a task to wait for. */
  readonly others: ReadonlyArray<Row>
  /** Whether more tasks may be running than are known, because a response was broken. */
  readonly inDoubt: boolean
  /** The hash of the tasks in the input. */
  readonly tasksHash: string
}

/** Where the tasks are queried. */
export interface Place {
  readonly action: string
  readonly endpoint?: string | undefined
  readonly region?: string | undefined
}

/** Returns what is stored of a wait, or `undefined` if there is no file yet. Refuses a wait at another place. */
export const loadWait = async (file: string, place: Place): Promise<StoredWait | undefined> => {
  const bytes = await readFileIfAny(file)
  if (bytes === undefined) return undefined
  const name = visible(file)
  const stored = membersOf(parsePlainJson(decodeText(bytes) ?? ''))
  const { version, query, endpoint, region, tasksHash, others, inDoubt } = stored
  const wait = WaitResult.decode(stored.wait)
  if (version !== 1 || wait._tag === 'Left' || !Array.isArray(others))
    throw usageError(`"${name}" is no state of a wait: name another file with --state`)
  if (query !== place.action)
    throw usageError(
      `"${name}" is of a wait with --action ${visible(String(query))}: name that action, or another file`,
    )
  // An endpoint can have a secret in it.
  if (endpoint !== hashOf(place.endpoint ?? '') || region !== hashOf(place.region ?? ''))
    throw usageError(
      `"${name}" is of a wait with another ${endpoint === hashOf(place.endpoint ?? '') ? '--region' : '--endpoint'}: name that one, or another file with --state`,
    )
  return {
    wait: wait.right,
    others: others.map((row, index) => rowOf(row, `"${name}", row ${index + 1}`)),
    inDoubt: inDoubt !== false,
    tasksHash: String(tasksHash),
  }
}

/** The hash of tasks, to notice that a state is of other tasks. Their order does not matter. */
export const hashOfTasks = (tasks: ReadonlyArray<TaskRef>): string =>
  hashOf(
    tasks
      .map(task => JSON.stringify([task.taskId, 'resourceId' in task ? task.resourceId : null]))
      .sort()
      .join('\n'),
  )

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Replaces the file as a whole: a process that is killed leaves the old one or the new one. */
export const storeWait = (
  file: string,
  { action, endpoint = '', region = '' }: Place,
  { wait, others, inDoubt, tasksHash }: StoredWait,
): void => {
  // A name that nobody can guess, and `wx`: a file or a link of another user is not written to.
  const temporary = `${file}.${randomUUID()}.tmp`
  try {
    writeFileSync(
      temporary,
      `${JSON.stringify({
        version: 1,
        query: action,
        endpoint: hashOf(endpoint),
        region: hashOf(region),
        tasksHash,
        wait: WaitResult.encode(wait),
        others,
        inDoubt,
      })}\n`,
      { mode: 0o600, flag: 'wx' },
    )
    renameSync(temporary, file)
  } catch (thrown) {
    rmSync(temporary, { force: true })
    throw usageError(
      `cannot write "${visible(file)}": ${thrown instanceof Error ? visible(thrown.message) : 'unknown error'}`,
    )
  }
}
