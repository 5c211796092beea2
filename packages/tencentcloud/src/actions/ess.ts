import { byMember, query, queryWith } from './rows.js'
import type { Service } from './Service.js'

const outcome = queryWith(['Operator'], {
  parameter: 'TaskId',
  parameterType: 'string',
  state: ['Status'],
  succeeded: ['2'],
  failed: ['3'],
  inProgress: ['0', '1'],
  output: ['Message'],
})

/**
 * E-sign, `ess` 2020-11-11.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (ess/v20201111) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const ess = {
  service: 'ess',
  version: '2020-11-11',
  submits: {
    // The doc comments name the query, or the submission as the source of its id.
    CreateArchiveFlowTask: byMember('DescribeArchiveFlowTask', 'TaskId'),
    CreateContractComparisonTask: byMember('DescribeContractComparisonTask', 'TaskId'),
    CreateConvertTaskApi: byMember('GetTaskResultApi', 'TaskId'),
    CreateDraftContractByPromptsTask: byMember('DescribeDraftContractByPromptsTask', 'TaskId'),
    CreateFileConvertTask: byMember('DescribeFileConvertTask', 'TaskId'),
    CreateFileCounterSign: byMember('DescribeFileCounterSignResult', 'TaskId'),
    ExportContractReviewMarkedRisk: byMember('DescribeContractReviewMarkedRiskExportTask', 'TaskId'),
  },
  queries: {
    // DescribeContractComparisonTaskResponse.Status: "合同对比任务状态。 状态如下： **0**：待创建（未执行）
    // **1**：对比中 **2**：对比成功 **3**：对比失败"
    DescribeContractComparisonTask: outcome,
    // DescribeDraftContractByPromptsTaskResponse.Status: "任务状态，枚举，0 已创建，1 执行中，2 成功，3 失败
    // "
    DescribeDraftContractByPromptsTask: outcome,
    // DescribeArchiveFlowTaskResponse.Status: "任务状态 枚举值： 0： 待处理 1： 处理中 2： 任务完成 3： 任务
    // 完成(存在失败)"
    DescribeArchiveFlowTask: queryWith(['Operator'], {
      parameter: 'TaskId',
      parameterType: 'string',
      state: ['Status'],
      succeeded: ['2'],
      failed: ['3'],
      inProgress: ['0', '1'],
    }),
    // DescribeContractReviewMarkedRiskExportTaskResponse.Status: "任务状态。未知 = 0; 创建完成 = 1; 队列中
    // = 2; 执行中 = 3; 执行成功 = 4; 失败 = 5; 终止 = 6;"
    DescribeContractReviewMarkedRiskExportTask: queryWith(['Operator'], {
      parameter: 'TaskId',
      parameterType: 'string',
      state: ['Status'],
      succeeded: ['4'],
      failed: ['5', '6'],
      inProgress: ['1', '2', '3'],
    }),
    // DescribeFileConvertTaskResponse.TaskStatus: "任务状态，需要关注的状态 枚举值： 0： NeedTranform - 任务
    // 已提交 4： Processing - 文档转换中 8： TaskEnd - 任务处理完成 -2： DownloadFailed - 下载失败 -6：
    // ProcessFailed - 转换失败 -13： ProcessTimeout - 转换文件超时"
    DescribeFileConvertTask: queryWith(['Operator'], {
      parameter: 'TaskId',
      parameterType: 'string',
      state: ['TaskStatus'],
      succeeded: ['8'],
      failed: ['-2', '-6', '-13'],
      inProgress: ['0', '4'],
      output: ['TaskMessage'],
    }),
    // DescribeFileCounterSignResultResponse.Status: "加签任务的状态。 PROCESSING : 任务正在执行中。
    // FINISHED : 已执行成功 FAILED : 执行失败"
    DescribeFileCounterSignResult: query({
      parameter: 'TaskId',
      parameterType: 'string',
      state: ['Status'],
      succeeded: ['FINISHED'],
      failed: ['FAILED'],
      inProgress: ['PROCESSING'],
      output: ['ErrorDetail'],
    }),
    // GetTaskResultApiResponse.TaskStatus: "任务状态，需要关注的状态 **0** :NeedTranform - 任务已提交 **4**
    // :Processing - 文档转换中 **8** :TaskEnd - 任务处理完成 **-2** :DownloadFailed - 下载失败 **-6**
    // :ProcessFailed - 转换失败 **-13**:ProcessTimeout - 转换文件超时"
    GetTaskResultApi: query({
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
