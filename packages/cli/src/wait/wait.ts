/**
 * The commands `wait` and `follow`.
 *
 * @internal
 */
import type { ResourceId, TaskId } from '@task-outcome/core'
import { type TaskRef, type WaitResult, initialWaitResult, progressOf, resumeWait } from '@task-outcome/wait'
import { type ConnectionOptions, connect } from '../cloud/Connection.js'
import { type ExitCode, usageError } from '../exitCodes.js'
import { readFileOrFail, readInput } from '../input/readInput.js'
import { readIds } from '../input/readIds.js'
import type { Shell } from '../output/Shell.js'
import { visible } from '../output/visible.js'
import { type Action, findAction } from '../read/Action.js'
import type { Output } from '../read/printRows.js'
import { report } from '../read/report.js'
import { showProgress } from './progress.js'
import { queryOf } from './query.js'
import { type ReadTasks, readTasks } from './readTasks.js'
import { type StoredWait, hashOfTasks, loadWait, storeWait } from './stateFile.js'
import { waitRows } from './waitRows.js'

const noInput = { others: [], inDoubt: false, explanations: [], notes: [] }

export interface FollowOptions extends ConnectionOptions {
  readonly action: string
  readonly timeout?: number | undefined
  readonly perSecond: number
  readonly state?: string | undefined
  readonly output: Output
}

export interface WaitOptions extends FollowOptions {
  readonly format: 'auto' | 'batch' | 'ordinary' | 'status'
  readonly requested?: string | undefined
}

/** Waits for the tasks in a file, or goes on with a stored wait. */
export const wait = async (shell: Shell, file: string | undefined, options: WaitOptions): Promise<ExitCode> =>
  waitFor(shell, options, async (action, isStored) => {
    // What is stored needs no input, but must not hide one.
    const bytes =
      isStored && file === undefined && shell.stdinIsTerminal
        ? new Uint8Array()
        : await readInput(shell, file)
    if (isStored && bytes.length === 0) return undefined
    return readTasks(bytes, {
      format: options.format === 'auto' ? undefined : options.format,
      // An action that tells a state is not the one that the response is of.
      action: action._tag === 'Submit' ? action : undefined,
      requested:
        options.requested === undefined
          ? undefined
          : readIds(await readFileOrFail(options.requested), options.requested),
    })
  })

/** Waits for tasks by their ids: `TASK`, or `RESOURCE=TASK`. */
export const follow = async (
  shell: Shell,
  words: ReadonlyArray<string>,
  options: FollowOptions,
): Promise<ExitCode> => waitFor(shell, options, async () => ({ ...noInput, tasks: words.map(readTask) }))

const readTask = (word: string): TaskRef => {
  const at = word.lastIndexOf('=')
  const [resourceId, taskId] = at === -1 ? [undefined, word] : [word.slice(0, at), word.slice(at + 1)]
  if (taskId === '') throw usageError(`"${visible(word)}" has no task id: type TASK, or RESOURCE=TASK`)
  return {
    taskId: taskId as TaskId,
    ...(resourceId === undefined ? {} : { resourceId: resourceId as ResourceId }),
  }
}

/** How often the state is stored while tasks end, in milliseconds. What is lost at most is queried again. */
const storeEveryMs = 1000

const waitFor = async (
  shell: Shell,
  options: FollowOptions,
  /** Returns `undefined` if there is no input, which only a stored wait can go without. */
  read: (action: Action, isStored: boolean) => Promise<ReadTasks | undefined>,
): Promise<ExitCode> => {
  const { state, perSecond, timeout } = options
  const action = await findAction(options.action)
  const cloud = await connect(shell, options)
  const actionName = options.action.slice(options.action.indexOf(':') + 1)
  const ask = queryOf(cloud, action, actionName, options.endpoint)
  const place = { ...options, region: options.region ?? shell.env.TENCENTCLOUD_REGION }

  const stored = state === undefined ? undefined : await loadWait(state, place)
  const given = await read(action, stored !== undefined)
  const first = goOnWith(stored, given, state)
  if (stored !== undefined) {
    const { succeeded, failed, pending } = progressOf(stored.wait)
    const finished = succeeded + failed
    shell.stderr.write(
      `resuming: ${finished} ${finished === 1 ? 'task' : 'tasks'} finished, ${pending} pending\n`,
    )
  } else {
    for (const note of given?.notes ?? []) shell.stderr.write(`note: ${visible(note)}\n`)
    for (const explanation of given?.explanations ?? []) shell.stderr.write(explanation)
  }
  const store = (result: WaitResult): void => {
    if (state !== undefined) storeWait(state, place, { ...first, wait: result })
  }
  store(first.wait)

  const stopping = new AbortController()
  const stop = (): void => stopping.abort(new Error('stopped'))
  process.once('SIGINT', stop).once('SIGTERM', stop)
  const progress = await showProgress(shell, progressOf(first.wait))
  let storedAt = Date.now()
  const result = await resumeWait(first.wait, ask, {
    timeoutMs: timeout === undefined ? Infinity : timeout * 1000,
    maxQueriesPerSecond: perSecond,
    signal: stopping.signal,
    onFinish: (task, soFar) => {
      progress.finished(task, soFar.progress)
      if (state === undefined || Date.now() - storedAt < storeEveryMs) return
      storedAt = Date.now()
      try {
        store(soFar.result())
      } catch {
        // The disk may have room again later. If not, the last time says so, after the rows.
      }
    },
  })()
  progress.stop()
  process.off('SIGINT', stop).off('SIGTERM', stop)

  const exitCode = report(shell, {
    rows: [...first.others, ...waitRows(result)],
    doubts: first.inDoubt ? [{ source: '', reason: 'a response was broken: more tasks may be running' }] : [],
    output: options.output,
  })
  // After the rows: a file that can't be written must not hide them.
  store(result)
  if (state !== undefined && progressOf(result).pending > 0)
    shell.stderr.write(`to resume, run the same command again (state: ${visible(state)})\n`)
  return exitCode
}

/** A stored wait goes on only with the tasks that it was started with. */
const goOnWith = (stored: StoredWait | undefined, given: ReadTasks | undefined, file = ''): StoredWait => {
  const { tasks, others, inDoubt } = given ?? { ...noInput, tasks: [] }
  const tasksHash = hashOfTasks(tasks)
  if (stored === undefined) return { wait: initialWaitResult(tasks), others, inDoubt, tasksHash }
  if (given !== undefined && stored.tasksHash !== tasksHash)
    throw usageError(`"${visible(file)}" is of a wait for other tasks: name another file with --state`)
  return stored
}
