import { byMember, queryWith } from './rows.js'
import type { Service } from './Service.js'

/**
 * E-sign for partners, `essbasic` 2021-05-26.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (essbasic/v20210526) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const essbasic20210526 = {
  service: 'essbasic',
  version: '2021-05-26',
  submits: {
    // The doc comments name the query, or the submission as the source of its id.
    CreateFileConvertTask: byMember('DescribeFileConvertTask', 'TaskId'),
  },
  queries: {
    // DescribeFileConvertTaskResponse.TaskStatus: "任务状态，需要关注的状态 枚举值： 0： NeedTranform - 任务
    // 已提交 4： Processing - 文档转换中 8： TaskEnd - 任务处理完成 -2： DownloadFailed - 下载失败 -6：
    // ProcessFailed - 转换失败 -13： ProcessTimeout - 转换文件超时"
    DescribeFileConvertTask: queryWith(['Agent'], {
      parameter: 'TaskId',
      parameterType: 'string',
      state: ['TaskStatus'],
      succeeded: ['8'],
      failed: ['-2', '-6', '-13'],
      inProgress: ['0', '4'],
      output: ['TaskMessage'],
    }),
  },
} as const satisfies Service
