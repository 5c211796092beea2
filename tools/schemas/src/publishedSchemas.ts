/**
 * The schemas that the packages publish: one for each value that users store.
 */
import {
  AcceptedTask,
  BatchOutcome,
  QueryError,
  RecoveredTask,
  SubmissionError,
  TaskError,
  TaskStatus,
} from '@task-outcome/core'
import {
  FinishedTask,
  JobResult,
  PendingTask,
  SubmissionResult,
  TaskRef,
  WaitResult,
} from '@task-outcome/wait'
import type * as t from 'io-ts'
import type { JsonSchema } from './JsonSchema.js'
import { schemaOf } from './schemaOf.js'

export interface PublishedSchema {
  /** The file, from the root of the workspace. */
  readonly file: string
  readonly codec: t.Mixed
  readonly schema: JsonSchema
}

const published = (
  folder: 'core' | 'wait',
  name: string,
  codec: t.Mixed,
  description: string,
): PublishedSchema => ({
  file: `packages/${folder}/schemas/${name}.json`,
  codec,
  schema: { ...schemaOf(codec, description), title: name },
})

export const publishedSchemas: ReadonlyArray<PublishedSchema> = [
  published('core', 'AcceptedTask', AcceptedTask, 'The API has accepted a submission and started a task.'),
  published('core', 'BatchOutcome', BatchOutcome, 'The outcome of a batch submission for every resource.'),
  published('core', 'TaskStatus', TaskStatus, 'The state of a task.'),
  published('core', 'TaskError', TaskError, 'Every error of a submission or a query.'),
  published('core', 'SubmissionError', SubmissionError, 'Every error of a submission.'),
  published('core', 'QueryError', QueryError, 'Every error of a query for the state of a task.'),
  published(
    'core',
    'RecoveredTask',
    RecoveredTask,
    'A task id that was recovered from a body that is an error.',
  ),
  published('wait', 'WaitResult', WaitResult, 'The result of a wait, or a snapshot of one.'),
  published('wait', 'TaskRef', TaskRef, 'A task to wait for.'),
  published('wait', 'FinishedTask', FinishedTask, 'A task that has finished, such as an entry of a log.'),
  published('wait', 'PendingTask', PendingTask, 'A task that is not known to have finished.'),
  published(
    'wait',
    'SubmissionResult',
    SubmissionResult,
    'The result of submitting a list, or a snapshot of it.',
  ),
  published(
    'wait',
    'JobResult',
    JobResult,
    'The result of a job, or a snapshot of one: the fate of each resource.',
  ),
]
