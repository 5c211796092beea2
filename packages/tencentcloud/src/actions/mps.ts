import type { Service } from './Service.js'

const taskId = { _tag: 'Member', path: ['TaskId'] } as const
const outcome = {
  parameter: 'TaskId',
  parameterType: 'string',
  state: ['Status'],
  succeeded: ['SUCCESS'],
  failed: ['FAIL'],
  inProgress: ['WAITING', 'PROCESSING'],
} as const
const outcome1 = {
  parameter: 'TaskId',
  parameterType: 'string',
  output: ['Msg'],
  state: ['Status'],
  succeeded: ['success'],
  failed: ['fail'],
  inProgress: ['processing'],
} as const
const outcome2 = {
  parameter: 'TaskId',
  parameterType: 'string',
  output: ['Message'],
  state: ['Status'],
  succeeded: ['DONE'],
  failed: ['FAIL'],
  inProgress: ['WAIT', 'RUN'],
} as const

/**
 * Media processing, `mps` 2019-06-12.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (mps/v20190612) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const mps = {
  service: 'mps',
  version: '2019-06-12',
  submits: {
    // The query has the name of the submission, or the doc comments name it (CreateDocToVideoTask,
    // CloneViral, CreateAgentRecordTask, DesignVoiceAsync).
    CloneViral: { task: taskId, query: 'DescribeCloneViralTask' },
    CreateAgentRecordTask: { task: taskId, query: 'DescribeAgentRecordTask' },
    CreateAigcAudioTask: { task: taskId, query: 'DescribeAigcAudioTask' },
    CreateAigcImageTask: { task: taskId, query: 'DescribeAigcImageTask' },
    CreateAigcVideoTask: { task: taskId, query: 'DescribeAigcVideoTask' },
    CreateDocToVideoTask: { task: taskId, query: 'DescribeAigcTaskStatus' },
    CreateVideoDatabaseEntryTask: { task: taskId, query: 'DescribeVideoDatabaseEntryTaskDetail' },
    CreateVideoSearchTask: { task: taskId, query: 'DescribeVideoSearchTaskDetail' },
    DesignVoiceAsync: { task: taskId, query: 'DescribeDesignTask' },
    SubmitHunyuan3DTask: { task: taskId, query: 'QueryHunyuan3DTask' },
    TextToSpeechAsync: { task: taskId, query: 'DescribeTextToSpeechAsyncTask' },
  },
  queries: {
    // DescribeAgentRecordTaskResponse.Status: "任务当前状态。 枚举值： WAITING： 等待中 RUNNING： 执行中
    // SUCCESS： 成功 FAILED： 失败"
    DescribeAgentRecordTask: {
      parameter: 'TaskId',
      parameterType: 'string',
      output: ['ErrorMessage'],
      state: ['Status'],
      succeeded: ['SUCCESS'],
      failed: ['FAILED'],
      inProgress: ['WAITING', 'RUNNING'],
    },
    // DescribeAigcAudioTaskResponse.Status: "任务当前状态。 WAIT：等待中， RUN：执行中， FAIL：任务失败，
    // DONE：任务成功。"
    DescribeAigcAudioTask: outcome2,
    // DescribeAigcImageTaskResponse.Status: "任务当前状态。 WAIT：等待中， RUN：执行中， FAIL：任务失败，
    // DONE：任务成功。"
    DescribeAigcImageTask: outcome2,
    // DescribeAigcTaskStatusResponse.TaskStatus: "任务状态描述 枚举值： PENDING： 任务等待调度 RUNNING： 任
    // 务运行中 FINISHED： 任务执行成功 STOP： 任务被中止 FAILED： 任务失败 TIMEOUT： 任务超时"
    DescribeAigcTaskStatus: {
      parameter: 'TaskId',
      parameterType: 'string',
      output: ['TaskResultMsg'],
      state: ['TaskStatus'],
      succeeded: ['FINISHED'],
      failed: ['STOP', 'FAILED', 'TIMEOUT'],
      inProgress: ['PENDING', 'RUNNING'],
    },
    // DescribeAigcVideoTaskResponse.Status: "任务当前状态。 WAIT：等待中， RUN：执行中， FAIL：任务失败，
    // DONE：任务成功。"
    DescribeAigcVideoTask: outcome2,
    // DescribeCloneViralTaskResponse.Status: "任务状态 枚举值： WAIT： 等待中 RUN： 执行中 FAIL： 任务失败
    // DONE： 任务成功"
    DescribeCloneViralTask: outcome2,
    // DescribeDesignTaskResponse.Status: "任务状态 枚举值： success： 成功 fail： 失败 processing： 处理中"
    DescribeDesignTask: outcome1,
    // DescribeTextToSpeechAsyncTaskResponse.Status: "任务状态 枚举值： success： 成功 fail： 失败 processing
    // ： 处理中"
    DescribeTextToSpeechAsyncTask: outcome1,
    // DescribeVideoDatabaseEntryTaskDetailResponse.Status: "查询的任务的状态，可能为WAITING、PROCESSING、
    // FAIL、SUCCESS。"
    DescribeVideoDatabaseEntryTaskDetail: outcome,
    // DescribeVideoSearchTaskDetailResponse.Status: "查询的任务的状态，可能为WAITING、PROCESSING、FAIL、
    // SUCCESS。"
    DescribeVideoSearchTaskDetail: outcome,
    // QueryHunyuan3DTaskResponse.Status: "任务状态 枚举值： WAIT： 已排队，等待执行 RUN： 正在执行 DONE： 已
    // 成功完成，ResultFile3Ds 有值 FAIL： 已失败，ErrorCode / ErrorMessage 有值"
    QueryHunyuan3DTask: {
      parameter: 'TaskId',
      parameterType: 'string',
      output: ['ErrorMessage'],
      state: ['Status'],
      succeeded: ['DONE'],
      failed: ['FAIL'],
      inProgress: ['WAIT', 'RUN'],
    },
  },
} as const satisfies Service
