/**
 * A wait, as it goes on: a bar on a terminal, a line for each task elsewhere, as in a log.
 */
import { type EndedTask, type WaitSoFar, showProgress } from '@task-outcome/wait'
import { SingleBar } from 'cli-progress'

export interface WaitDisplay {
  readonly ended: (task: EndedTask, soFar: WaitSoFar) => void
  readonly stop: () => void
}

export const showWait = (total: number, isTerminal = process.stdout.isTTY): WaitDisplay =>
  isTerminal ? bar(total) : lines

const bar = (total: number): WaitDisplay => {
  const progressBar = new SingleBar({
    format: '{bar} {value}/{total} ended; {summary}',
    stream: process.stdout,
    hideCursor: true,
  })
  progressBar.start(total, 0, { summary: '' })
  return {
    ended: (_, { progress }) => {
      progressBar.update(progress.succeeded + progress.failed, { summary: showProgress(progress) })
    },
    stop: () => {
      progressBar.stop()
    },
  }
}

const lines: WaitDisplay = {
  ended: ({ taskId, resourceIds, status }, { progress }) => {
    console.log(`task ${taskId} (${resourceIds.join()}): ${status._tag}; ${showProgress(progress)}`)
  },
  stop: () => undefined,
}
