import { byMember, query } from './rows.js'
import type { Service } from './Service.js'

const outcome = query({
  parameter: 'TaskId',
  parameterType: 'string',
  state: ['Status'],
  succeeded: ['SUCCESS'],
  failed: ['FAIL'],
  inProgress: ['WAITING', 'PROCESSING'],
})
const outcome1 = query({
  parameter: 'TaskId',
  parameterType: 'string',
  state: ['Status'],
  succeeded: ['success'],
  failed: ['fail'],
  inProgress: ['processing'],
  output: ['Msg'],
})
const outcome2 = query({
  parameter: 'TaskId',
  parameterType: 'string',
  state: ['Status'],
  succeeded: ['DONE'],
  failed: ['FAIL'],
  inProgress: ['WAIT', 'RUN'],
  output: ['Message'],
})

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
    CloneViral: byMember('DescribeCloneViralTask', 'TaskId'),
    CreateAgentRecordTask: byMember('DescribeAgentRecordTask', 'TaskId'),
    CreateAigcAudioTask: byMember('DescribeAigcAudioTask', 'TaskId'),
    CreateAigcImageTask: byMember('DescribeAigcImageTask', 'TaskId'),
    CreateAigcVideoTask: byMember('DescribeAigcVideoTask', 'TaskId'),
    CreateDocToVideoTask: byMember('DescribeAigcTaskStatus', 'TaskId'),
    CreateVideoDatabaseEntryTask: byMember('DescribeVideoDatabaseEntryTaskDetail', 'TaskId'),
    CreateVideoSearchTask: byMember('DescribeVideoSearchTaskDetail', 'TaskId'),
    DesignVoiceAsync: byMember('DescribeDesignTask', 'TaskId'),
    SubmitHunyuan3DTask: byMember('QueryHunyuan3DTask', 'TaskId'),
    TextToSpeechAsync: byMember('DescribeTextToSpeechAsyncTask', 'TaskId'),
  },
  queries: {
    // DescribeVideoDatabaseEntryTaskDetailResponse.Status: "查询的任务的状态，可能为WAITING、PROCESSING、
    // FAIL、SUCCESS。"
    DescribeVideoDatabaseEntryTaskDetail: outcome,
    DescribeVideoSearchTaskDetail: outcome,
    // DescribeDesignTaskResponse.Status: "任务状态 枚举值： success： 成功 fail： 失败 processing： 处理中"
    DescribeDesignTask: outcome1,
    DescribeTextToSpeechAsyncTask: outcome1,
    // DescribeAigcAudioTaskResponse.Status: "任务当前状态。 WAIT：等待中， RUN：执行中， FAIL：任务失败，
    // DONE：任务成功。"
    DescribeAigcAudioTask: outcome2,
    DescribeAigcImageTask: outcome2,
    DescribeAigcVideoTask: outcome2,
    // DescribeCloneViralTaskResponse.Status: "任务状态 枚举值： WAIT： 等待中 RUN： 执行中 FAIL： 任务失败
    // DONE： 任务成功"
    DescribeCloneViralTask: outcome2,
    // DescribeAgentRecordTaskResponse.Status: "任务当前状态。 枚举值： WAITING： 等待中 RUNNING： 执行中
    // SUCCESS： 成功 FAILED： 失败"
    DescribeAgentRecordTask: query({
      parameter: 'TaskId',
      parameterType: 'string',
      state: ['Status'],
      succeeded: ['SUCCESS'],
      failed: ['FAILED'],
      inProgress: ['WAITING', 'RUNNING'],
      output: ['ErrorMessage'],
    }),
    // DescribeAigcTaskStatusResponse.TaskStatus: "任务状态描述 枚举值： PENDING： 任务等待调度 RUNNING： 任
    // 务运行中 FINISHED： 任务执行成功 STOP： 任务被中止 FAILED： 任务失败 TIMEOUT： 任务超时"
    DescribeAigcTaskStatus: query({
      parameter: 'TaskId',
      parameterType: 'string',
      state: ['TaskStatus'],
      succeeded: ['FINISHED'],
      failed: ['STOP', 'FAILED', 'TIMEOUT'],
      inProgress: ['PENDING', 'RUNNING'],
      output: ['TaskResultMsg'],
    }),
    // QueryHunyuan3DTaskResponse.Status: "任务状态 枚举值： WAIT： 已排队，等待执行 RUN： 正在执行 DONE： 已
    // 成功完成，ResultFile3Ds 有值 FAIL： 已失败，ErrorCode / ErrorMessage 有值"
    QueryHunyuan3DTask: query({
      parameter: 'TaskId',
      parameterType: 'string',
      state: ['Status'],
      succeeded: ['DONE'],
      failed: ['FAIL'],
      inProgress: ['WAIT', 'RUN'],
      output: ['ErrorMessage'],
    }),
  },
} as const satisfies Service
