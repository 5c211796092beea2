import { decodeBatchTask, decodeOrdinaryTask, entries } from '@task-outcome/core'
import type { Decoder } from './Decoder.js'

export const taskOutcome: Decoder = {
  name: '@task-outcome/core',
  setUp: '`decodeOrdinaryTask` and `decodeBatchTask`: from the text to the outcome.',
  ordinary: decodeOrdinaryTask,
  batch: decodeBatchTask,
  taskIds: text => {
    const result = decodeBatchTask(text)
    const tasks = result._tag === 'Left' ? result.left.recovered : entries(result.right)
    return tasks.flatMap(({ taskId }) => taskId ?? [])
  },
}
