/**
 * @since 0.1.0
 */
import { attempt } from './attempt.js'
import { describe } from './describe.js'
import { type KnownTasks, addTask, unknownPart } from './knownTasks.js'
import { type TaskRefs, readTasks } from './TaskRef.js'
import {
  type FinishedTask,
  type WaitResult,
  initialWaitResult,
  invalidInput,
  isFinishedTask,
  pendingFor,
  readAllRejected,
  resultOf,
} from './WaitResult.js'

/**
 * Builds a result from tasks and a log of those that have finished, such as a file to which `onFinish` appends. The other tasks are
 * pending, with the reason `Waiting`: pass the result to `resumeWait`.
 *
 * The log may have a task twice, since a process can be killed after it has written and before it knows. With different ends, the
 * task is pending, so that it is queried again. A task that is only in the log counts as finished.
 *
 * Input that can't be read, which TypeScript rules out, returns `InvalidInput` with the tasks that could be read.
 *
 * @param tasks - what was waited for: an array of tasks, or the outcome of a batch
 * @param finished - in any order
 *
 * @example
 * import type { AcceptedEntry } from '@task-outcome/core'
 * import { FinishedTask, waitResultOf } from '@task-outcome/wait'
 * import { either as E, readonlyArray as RA } from 'fp-ts'
 *
 * const restore = (accepted: ReadonlyArray<AcceptedEntry>, lines: ReadonlyArray<string>) => {
 *   const decode = (line: string) => FinishedTask.decode(JSON.parse(line))
 *   return E.map((finished: ReadonlyArray<FinishedTask>) => waitResultOf(accepted, finished))(E.traverseArray(decode)(lines))
 * }
 *
 * @category constructors
 * @since 0.1.0
 */
export const waitResultOf = <Output, Data>(
  tasks: TaskRefs,
  finished: ReadonlyArray<FinishedTask<Output, Data>>,
): WaitResult<Output, Data> => {
  const log: Log<Output, Data> = { finished: [], known: new Map(), others: [] }
  const logIssue = issueIn(log, finished)
  const { tasks: asked, issue } =
    readAllRejected(tasks) === undefined ? readTasks(tasks) : { tasks: [], issue: undefined }
  const pending = readTasks([...asked, ...log.others]).tasks.flatMap(task => unknownPart(log.known, task))
  const firstIssue = issue ?? logIssue
  if (firstIssue !== undefined) return invalidInput(firstIssue, log.finished, pending)
  return log.finished.length + pending.length === 0
    ? initialWaitResult(tasks)
    : resultOf(log.finished, pending.map(pendingFor({ _tag: 'Waiting' })))
}

interface Log<Output, Data> {
  readonly finished: Array<FinishedTask<Output, Data>>
  /** The tasks in `finished`. */
  readonly known: KnownTasks
  /** What is no finished task, or has different ends. It may be pending. */
  readonly others: unknown[]
}

/** Reads all that can be read, and returns the first issue. */
const issueIn = <Output, Data>(log: Log<Output, Data>, from: unknown): string | undefined =>
  attempt<string | undefined>(
    () => {
      if (Array.isArray(from)) return readLog(log, from)
      log.others.push(from) // for the tasks in it
      return `finished: expected an array, found ${describe(from)}`
    },
    issue => `finished: ${issue}`,
  )

const readLog = <Output, Data>(
  { finished, known, others }: Log<Output, Data>,
  from: ReadonlyArray<unknown>,
): string | undefined => {
  let issue: string | undefined
  const read: Array<FinishedTask<Output, Data>> = []
  for (const [index, item] of from.entries())
    if (isFinishedTask<Output, Data>(item)) read.push(item)
    else {
      others.push(item)
      issue ??= `finished: item ${index}: expected a FinishedTask, found ${describe(item)}`
    }
  const hasTwoEnds = findTwoEnds(read)
  for (const task of read)
    if (namesOf(task).some(hasTwoEnds)) others.push(task)
    else
      for (const part of unknownPart(known, task)) {
        addTask(known, part)
        finished.push(part)
      }
  return issue
}

/** Returns whether the log has both ends of a task, by its name. */
const findTwoEnds = (read: ReadonlyArray<FinishedTask<unknown, unknown>>): ((name: string) => boolean) => {
  const ends = new Map<string, string>()
  const different = new Set<string>()
  for (const task of read)
    for (const name of namesOf(task)) {
      const end = ends.get(name) ?? task.status._tag
      ends.set(name, end)
      if (end !== task.status._tag) different.add(name)
    }
  return name => different.has(name)
}

const namesOf = ({ taskId, resourceIds }: FinishedTask<unknown, unknown>): ReadonlyArray<string> =>
  resourceIds.length === 0
    ? [JSON.stringify([taskId])]
    : resourceIds.map(resourceId => JSON.stringify([taskId, resourceId]))
