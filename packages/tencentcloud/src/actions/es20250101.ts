import { byMember, query } from './rows.js'
import type { Service } from './Service.js'

const outcome = query({
  parameter: 'TaskId',
  parameterType: 'string',
  state: ['Status'],
  succeeded: ['1'],
  failed: ['-1'],
  inProgress: ['0'],
})

/**
 * Elasticsearch AI search, `es` 2025-01-01.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (es/v20250101) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const es20250101 = {
  service: 'es',
  version: '2025-01-01',
  submits: {
    // The query has the name of the submission.
    ChunkDocumentAsync: byMember('GetDocumentChunkResult', 'TaskId'),
    ParseDocumentAsync: byMember('GetDocumentParseResult', 'TaskId'),
  },
  queries: {
    // GetDocumentChunkResultResponse.Status: "任务状态，-1：失败，0：运行中，1：成功。"
    GetDocumentChunkResult: outcome,
    GetDocumentParseResult: outcome,
  },
} as const satisfies Service
