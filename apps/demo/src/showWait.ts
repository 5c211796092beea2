/**
 * Shows the progress of a wait: a bar on a terminal, otherwise a line for each task.
 */
import { type FinishedTask, type WaitSnapshot, showProgress } from '@task-outcome/wait'
import { SingleBar } from 'cli-progress'

export interface WaitDisplay {
  readonly finished: (task: FinishedTask, soFar: WaitSnapshot) => void
  readonly stop: () => void
}

export const showWait = (total: number, isTerminal = process.stdout.isTTY): WaitDisplay =>
  isTerminal ? bar(total) : lines

const bar = (total: number): WaitDisplay => {
  const progressBar = new SingleBar({
    format: '{bar} {value}/{total} finished; {summary}',
    stream: process.stdout,
    hideCursor: true,
  })
  progressBar.start(total, 0, { summary: '' })
  return {
    finished: (_, { progress }) => {
      progressBar.update(progress.succeeded + progress.failed, { summary: showProgress(progress) })
    },
    stop: () => {
      progressBar.stop()
    },
  }
}

const lines: WaitDisplay = {
  finished: ({ taskId, resourceIds, status }, { progress }) => {
    console.log(`task ${taskId} (${resourceIds.join()}): ${status._tag}; ${showProgress(progress)}`)
  },
  stop: () => undefined,
}
