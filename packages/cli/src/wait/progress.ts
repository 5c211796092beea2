/**
 * The progress of a wait on standard error: a bar on a terminal, elsewhere a line for each task that has ended.
 *
 * @internal
 */
import type { FinishedTask, WaitProgress } from '@task-outcome/wait'
import type { Shell } from '../output/Shell.js'
import { visible } from '../output/visible.js'
import { finishedRows } from './waitRows.js'

export interface Progress {
  readonly finished: (task: FinishedTask, progress: WaitProgress) => void
  readonly stop: () => void
}

export const showProgress = async (
  { stderr }: Pick<Shell, 'stderr'>,
  start: Pick<WaitProgress, 'succeeded' | 'failed' | 'pending'>,
): Promise<Progress> => {
  if (!stderr.isTerminal)
    return {
      finished: task => {
        for (const { state, resource, reason } of finishedRows(task))
          stderr.write(
            `${[resource ?? '', task.taskId, state, reason]
              .filter(part => part !== '')
              .map(visible)
              .join(' ')}\n`,
          )
      },
      stop: () => undefined,
    }
  const { default: progressBars } = await import('cli-progress')
  const bar = new progressBars.SingleBar({
    format: '{bar} {value}/{total}  {succeeded} succeeded, {failed} failed  {rate}  {eta_formatted} left',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 20,
    clearOnComplete: true,
    stopOnComplete: false,
    hideCursor: true,
    etaBuffer: 50,
  })
  const done = start.succeeded + start.failed
  const startedAt = Date.now()
  bar.start(done + start.pending, done, { ...start, rate: '' })
  return {
    finished: (_, { succeeded, failed }) => {
      const perMinute = ((succeeded + failed - done) * 60_000) / Math.max(1, Date.now() - startedAt)
      bar.update(succeeded + failed, { succeeded, failed, rate: `${perMinute.toFixed(0)} a minute` })
    },
    stop: () => bar.stop(),
  }
}
