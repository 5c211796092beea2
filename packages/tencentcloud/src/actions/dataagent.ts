import { byMember, query } from './rows.js'
import type { Service } from './Service.js'

/**
 * Data agent, `dataagent` 2025-05-13.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (dataagent/v20250513) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const dataagent = {
  service: 'dataagent',
  version: '2025-05-13',
  submits: {
    // The query is for "上传任务", which the submission hands out.
    UploadAndCommitFile: byMember('GetUploadJobDetails', 'JobId'),
  },
  queries: {
    // UploadJob.Status: "Pending、FileUploading、 FileParsing、 Success、 Failed"
    GetUploadJobDetails: query({
      parameter: 'JobId',
      parameterType: 'string',
      state: ['Job', 'Status'],
      succeeded: ['Success'],
      failed: ['Failed'],
      inProgress: ['Pending', 'FileUploading', 'FileParsing'],
      output: ['Job', 'Message'],
    }),
  },
} as const satisfies Service
