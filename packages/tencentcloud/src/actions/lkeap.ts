import { byMember, query } from './rows.js'
import type { Service } from './Service.js'

const outcome = query({
  parameter: 'TaskId',
  parameterType: 'string',
  state: ['Status'],
  succeeded: ['Success'],
  failed: ['Failed'],
  inProgress: ['Processing', 'Pause', 'WaitExecute'],
  // "当文档解析任务失败会返回具体的错误信息": here `Error` is the reason of a failed task.
  output: ['Error', 'Message'],
})

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
    CreateReconstructDocumentFlow: byMember('GetReconstructDocumentResult', 'TaskId'),
    CreateSplitDocumentFlow: byMember('GetSplitDocumentResult', 'TaskId'),
  },
  queries: {
    // GetReconstructDocumentResultResponse.Status: "任务状态。 - `Success`：执行完成 - `Processing`：执行中
    // - `Pause`: 暂停 - `Failed`：执行失败 - `WaitExecute`：等待执行"
    GetReconstructDocumentResult: outcome,
    GetSplitDocumentResult: outcome,
  },
} as const satisfies Service
