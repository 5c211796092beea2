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
import { type Shell, hasColour } from '../output/Shell.js'
import { createStyle } from '../output/styles.js'
import { visible } from '../output/visible.js'
import { findAction } from '../read/Action.js'
import { explainIssue } from '../read/explainIssue.js'
import { type Output, printRows } from '../read/printRows.js'
import type { Row } from '../read/Row.js'
import { showVerdict, verdictOf } from '../read/verdict.js'
import { showProgress } from './progress.js'
import { queryOf } from './query.js'
import { readTasks } from './readTasks.js'
import { type StoredWait, loadWait, storeWait } from './stateFile.js'
import { waitRows } from './waitRows.js'

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
  waitFor(shell, options, async () => {
    const action = await findAction(options.action)
    const read = await readTasks(await readInput(shell, file), {
      format: options.format === 'auto' ? undefined : options.format,
      // An action that tells a state is not the one that the response is of.
      action: action._tag === 'Submit' ? action : undefined,
      requested:
        options.requested === undefined
          ? undefined
          : readIds(await readFileOrFail(options.requested), options.requested),
    })
    for (const note of read.notes) shell.stderr.write(`note: ${visible(note)}\n`)
    // Which id is the task is told by the action that the caller named.
    const unclear = read.decoded.filter(({ issue }) => issue?._tag !== 'Unclear')
    for (const decoded of unclear) shell.stderr.write(explainIssue(decoded))
    return { tasks: read.tasks, others: read.others, inDoubt: unclear.some(({ inDoubt }) => inDoubt) }
  })

/** Waits for tasks by their ids: `TASK`, or `RESOURCE=TASK`. */
export const follow = async (
  shell: Shell,
  words: ReadonlyArray<string>,
  options: FollowOptions,
): Promise<ExitCode> =>
  waitFor(shell, options, async () => ({ tasks: words.map(readTask), others: [], inDoubt: false }))

const readTask = (word: string): TaskRef => {
  const at = word.lastIndexOf('=')
  const [resourceId, taskId] = at === -1 ? [undefined, word] : [word.slice(0, at), word.slice(at + 1)]
  if (taskId === '') throw usageError(`"${visible(word)}" has no task id: type TASK, or RESOURCE=TASK`)
  return {
    taskId: taskId as TaskId,
    ...(resourceId === undefined ? {} : { resourceId: resourceId as ResourceId }),
  }
}

interface Begin {
  readonly tasks: ReadonlyArray<TaskRef>
  readonly others: ReadonlyArray<Row>
  readonly inDoubt: boolean
}

/** How often the state is stored while tasks end, in milliseconds. What is lost at most is queried again. */
const storeEveryMs = 1000

const waitFor = async (
  shell: Shell,
  options: FollowOptions,
  begin: () => Promise<Begin>,
): Promise<ExitCode> => {
  const { action: query, endpoint, state, perSecond, timeout } = options
  const action = await findAction(query)
  const cloud = await connect(shell, options)
  const ask = queryOf(cloud, action, query.slice(query.indexOf(':') + 1), endpoint)

  const stored = state === undefined ? undefined : loadWait(state, query)
  const { wait: first, others, inDoubt } = stored ?? (await firstState(begin))
  if (stored !== undefined) {
    const { succeeded, failed, pending } = progressOf(first)
    shell.stderr.write(`goes on: ${succeeded + failed} ended before, ${pending} to wait for\n`)
  }
  const store = (result: WaitResult): void => {
    if (state !== undefined) storeWait(state, query, { wait: result, others, inDoubt })
  }
  store(first)

  const stopping = new AbortController()
  const stop = (): void => stopping.abort(new Error('stopped'))
  process.once('SIGINT', stop).once('SIGTERM', stop)
  const progress = await showProgress(shell, progressOf(first))
  let storedAt = Date.now()
  const result = await resumeWait(first, ask, {
    timeoutMs: timeout === undefined ? Infinity : timeout * 1000,
    maxQueriesPerSecond: perSecond,
    signal: stopping.signal,
    onFinish: (task, soFar) => {
      progress.finished(task, soFar.progress)
      if (state === undefined || Date.now() - storedAt < storeEveryMs) return
      storedAt = Date.now()
      store(soFar.result())
    },
  })()
  progress.stop()
  process.off('SIGINT', stop).off('SIGTERM', stop)
  store(result)

  const rows = [...others, ...waitRows(result)]
  const verdict = verdictOf(rows, inDoubt)
  const notes = printRows(shell, options.output, rows, {
    version: 1,
    exitCode: verdict.exitCode,
    verdict: showVerdict(verdict),
  })
  const style = createStyle(hasColour(shell.stderr, shell.env))
  for (const note of notes) shell.stderr.write(`note: ${visible(note)}\n`)
  shell.stderr.write(`${style('bold', showVerdict(verdict))}\n`)
  if (state !== undefined && progressOf(result).pending > 0)
    shell.stderr.write(`to go on, run the same command again: the state is in ${visible(state)}\n`)
  return verdict.exitCode
}

const firstState = async (begin: () => Promise<Begin>): Promise<StoredWait> => {
  const { tasks, others, inDoubt } = await begin()
  return { wait: initialWaitResult(tasks), others, inDoubt }
}
