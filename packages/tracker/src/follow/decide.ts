/**
 * What a query leads to for each of its tasks.
 *
 * @internal
 */
import { aborted } from '@task-outcome/core/adapter'
import { FinishedTask, type PendingReason, PendingTask } from '@task-outcome/wait'
import {
  type Answers,
  type FailedQuery,
  canBeOfOneTask,
  invalidAnswer,
  nextDelays,
} from '@task-outcome/wait/query'
import * as E from 'fp-ts/lib/Either.js'
import { type RetryPolicy, type RetryStatus, defaultRetryStatus } from 'retry-ts'
import { storable } from '../record/storable.js'
import type { TaskIdentity } from '../record/TrackedTask.js'

/** A task that a worker has claimed. */
export interface ClaimedTask {
  /** The id of its record. */
  readonly task: string
  /** Grows with each claim: a report of an earlier one changes nothing. */
  readonly fence: number
  readonly identity: TaskIdentity
  /** Of its submission. */
  readonly traceparent: string | null
  /** With the one that is about to start. */
  readonly queries: number
  /** How long ago it was accepted. */
  readonly ageMs: number
  /** The most tasks of a query that it may be in, if fewer than usual. */
  readonly together: number | null
  readonly polling: RetryStatus
  readonly failing: RetryStatus
}

/** A row for the statement `report`. */
export interface Report {
  readonly task: string
  readonly fence: number
  readonly state: 'Open' | 'Ended' | 'GivenUp'
  readonly delay_ms: number
  readonly together: number | null
  readonly polling: string
  readonly failing: string
  readonly ending: string | null
}

export interface Policies {
  readonly pollPolicy: RetryPolicy
  readonly failurePolicy: RetryPolicy
  readonly unknownTaskGraceMs: number
  readonly random: () => number
}

/** The same rules as those of a wait: see `step.ts` of `@task-outcome/wait`. */
export const decide = (
  policies: Policies,
  tasks: ReadonlyArray<ClaimedTask>,
  answers: E.Either<FailedQuery, Answers>,
): ReadonlyArray<Report> => {
  if (E.isLeft(answers) && tasks.length > 1 && canBeOfOneTask(answers.left)) {
    // One of them can be the reason: they are queried again in halves.
    const together = Math.ceil(tasks.length / 2)
    return tasks.map(task =>
      later({ ...task, together, failing: defaultRetryStatus }, answers.left.retryAfterMs),
    )
  }
  const inProgress: ClaimedTask[] = []
  const failed: Array<readonly [ClaimedTask, FailedQuery]> = []
  const over: Report[] = []
  const goOn = (task: ClaimedTask): void => void inProgress.push({ ...task, failing: defaultRetryStatus })
  tasks.forEach((task, index) => {
    const answer = E.isLeft(answers) ? answers : answers.right[index]
    if (answer === undefined) goOn(task)
    else if (E.isLeft(answer)) failed.push([task, answer.left])
    else if (answer.right._tag === 'InProgress') goOn(task)
    else over.push(ended(task, answer.right))
  })
  const again = failed.filter(([task, failure]) => canSucceed(policies, task, failure))
  const never = failed.filter(([task, failure]) => !canSucceed(policies, task, failure))
  return [
    ...over,
    ...never.map(([task, { error }]) => givenUp(task, { _tag: 'QueryFailed', error })),
    ...byPolicy(policies, 'polling', inProgress, []),
    ...byPolicy(
      policies,
      'failing',
      again.map(([task]) => task),
      again.map(([, failure]) => failure),
    ),
  ]
}

const byPolicy = (
  { pollPolicy, failurePolicy, random }: Policies,
  kind: 'polling' | 'failing',
  tasks: ReadonlyArray<ClaimedTask>,
  /** In the order of the tasks; none without failures. */
  failures: ReadonlyArray<FailedQuery>,
): ReadonlyArray<Report> => {
  try {
    const delays = nextDelays(
      kind === 'polling' ? pollPolicy : failurePolicy,
      random,
      tasks.map(task => task[kind]),
    )
    return tasks.map((task, index) => {
      const next = delays[index]
      const failure = failures[index]
      if (next !== undefined)
        return later({ ...task, [kind]: next.status }, Math.max(next.delayMs, failure?.retryAfterMs ?? 0))
      return givenUp(
        task,
        failure === undefined ? { _tag: 'PolicyGaveUp' } : { _tag: 'QueryFailed', error: failure.error },
      )
    })
  } catch (thrown) {
    return tasks.map(task => givenUp(task, aborted(thrown)))
  }
}

const canSucceed = (
  { unknownTaskGraceMs }: Policies,
  { ageMs }: ClaimedTask,
  { askAgain }: FailedQuery,
): boolean => askAgain === 'always' || (askAgain === 'whileNew' && ageMs < unknownTaskGraceMs)

const later = (task: ClaimedTask, delayMs: number): Report => ({
  ...row(task),
  state: 'Open',
  delay_ms: Math.min(delayMs, longestDelayMs),
  ending: null,
})

/** A status that can't be stored, as untyped callers may return one, is an invalid answer of the query. */
const ended = (task: ClaimedTask, status: FinishedTask['status']): Report => {
  const finished: FinishedTask = { _tag: 'FinishedTask', ...task.identity, status, queries: task.queries }
  const stored = storable(FinishedTask, finished)
  return stored === undefined
    ? givenUp(task, { _tag: 'QueryFailed', error: invalidAnswer.error })
    : { ...row(task), state: 'Ended', delay_ms: 0, ending: stored.json }
}

const givenUp = (task: ClaimedTask, reason: PendingReason): Report => {
  const pending: PendingTask = { _tag: 'PendingTask', ...task.identity, reason, queries: task.queries }
  const stored = storable(PendingTask, pending)
  return stored === undefined
    ? givenUp(task, { _tag: 'QueryFailed', error: invalidAnswer.error })
    : { ...row(task), state: 'GivenUp', delay_ms: 0, ending: stored.json }
}

const row = ({ task, fence, together, polling, failing }: ClaimedTask) => ({
  task,
  fence,
  together,
  polling: JSON.stringify(polling),
  failing: JSON.stringify(failing),
})

/** A year: PostgreSQL has no time for a delay that is much longer. */
const longestDelayMs = 365 * 24 * 60 * 60 * 1000
