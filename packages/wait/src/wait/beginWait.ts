/**
 * Begins a wait, whatever the caller passes.
 *
 * @internal
 */
import { aborted } from '@task-outcome/core/adapter'
import { type Asking, type TaskQuery, askingWith } from '../query/TaskQuery.js'
import { pendingFor, resultOf, type WaitResult } from '../result/WaitResult.js'
import type { Start } from './InitialState.js'
import { type Wait, startWait } from './startWait.js'
import { type BatchWaitOptions, type Settings, settingsOf } from './WaitOptions.js'

/**
 * Begins a wait. Without tasks, or with an invalid input, query or option, the wait ends immediately and no query is sent.
 *
 * @param startFor - returns where to start, depending on whether each resource has a task of its own
 */
export const beginWait = <Output, Data>(
  startFor: (taskPerResource: boolean) => Start<Output, Data>,
  query: TaskQuery<Output, Data>,
  options: BatchWaitOptions<Output, Data>,
  onFinish?: Settings<Output, Data>['onFinish'],
): Wait<Output, Data> => {
  let asking: Asking<Output, Data>
  let settings: Settings<Output, Data>
  try {
    asking = askingWith(query)
    settings = settingsOf(options)
  } catch (thrown) {
    const start = startFor(false)
    return over(
      start._tag === 'InitialState'
        ? resultOf(start.finished, start.tasks.map(pendingFor(aborted(thrown))))
        : start,
    )
  }
  const start = startFor(asking.taskPerResource)
  return start._tag === 'InitialState'
    ? startWait(start, asking, onFinish === undefined ? settings : { ...settings, onFinish })
    : over(start)
}

const over = <Output, Data>(result: WaitResult<Output, Data>): Wait<Output, Data> => ({
  result: Promise.resolve(result),
  abort: () => undefined,
})
