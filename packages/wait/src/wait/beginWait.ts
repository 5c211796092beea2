/**
 * Begins a wait, whatever the caller passes.
 *
 * @internal
 */
import { aborted } from '@task-outcome/core/adapter'
import type { QueryTaskStatus } from '../query/QueryTaskStatus.js'
import { pendingFor, resultOf, type WaitResult } from '../result/WaitResult.js'
import type { Start } from './InitialState.js'
import { type Wait, startWait } from './startWait.js'
import { type BatchWaitOptions, type Settings, settingsOf } from './WaitOptions.js'

/** Begins a wait. Without tasks, or with invalid input or options, the wait ends immediately and no query is sent. */
export const beginWait = <Output, Data>(
  start: Start<Output, Data>,
  query: QueryTaskStatus<Output, Data>,
  options: BatchWaitOptions<Output, Data>,
  onFinish?: Settings<Output, Data>['onFinish'],
): Wait<Output, Data> => {
  if (start._tag !== 'InitialState') return over(start)
  try {
    const settings = settingsOf(options)
    return startWait(start, query, onFinish === undefined ? settings : { ...settings, onFinish })
  } catch (thrown) {
    return over(resultOf(start.finished, start.tasks.map(pendingFor(aborted(thrown)))))
  }
}

const over = <Output, Data>(result: WaitResult<Output, Data>): Wait<Output, Data> => ({
  result: Promise.resolve(result),
  abort: () => undefined,
})
