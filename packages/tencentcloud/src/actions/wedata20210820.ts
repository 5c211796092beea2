import { byMember, query } from './rows.js'
import type { Service } from './Service.js'

const getJobStatus = byMember('GetJobStatus', 'JobId')

/**
 * WeData, `wedata` 2021-08-20.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (wedata/v20210820) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const wedata20210820 = {
  service: 'wedata',
  version: '2021-08-20',
  submits: {
    // "异步删除的任务id,用于查询执行状态"; the query takes "异步任务id".
    RemoveDatabase: getJobStatus,
    RemoveSchema: getJobStatus,
  },
  queries: {
    // GetJobStatusResponse.Status: "任务状态,Success:成功,Fail:失败,Cancel:取消,Running:运行中"
    GetJobStatus: query({
      parameter: 'JobId',
      parameterType: 'string',
      state: ['Status'],
      succeeded: ['Success'],
      failed: ['Fail', 'Cancel'],
      inProgress: ['Running'],
      output: ['ErrorMessage'],
    }),
  },
} as const satisfies Service
