import type { Service } from './Service.js'

const taskId = { _tag: 'Member', path: ['TaskId'] } as const
const outcome = {
  parameter: 'TaskId',
  parameterType: 'string',
  output: ['Error', 'Message'],
  state: ['Status'],
  succeeded: ['Success'],
  failed: ['Failed'],
  inProgress: ['Processing', 'Pause', 'WaitExecute'],
} as const

/**
 * Knowledge engine, `lkeap` 2024-05-22.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (lkeap/v20240522) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const lkeap = {
  service: 'lkeap',
  version: '2024-05-22',
  submits: {
    // The doc comments of the types name the query.
    CreateReconstructDocumentFlow: { task: taskId, query: 'GetReconstructDocumentResult' },
    CreateSplitDocumentFlow: { task: taskId, query: 'GetSplitDocumentResult' },
  },
  queries: {
    // GetReconstructDocumentResultResponse.Status: "任务状态。 - `Success`：执行完成 - `Processing`：执行中
    // - `Pause`: 暂停 - `Failed`：执行失败 - `WaitExecute`：等待执行"
    GetReconstructDocumentResult: outcome,
    // GetSplitDocumentResultResponse.Status: "任务状态。 - `Success`：执行完成 - `Processing`：执行中 -
    // `Pause`: 暂停 - `Failed`：执行失败 - `WaitExecute`：等待执行"
    GetSplitDocumentResult: outcome,
  },
} as const satisfies Service
