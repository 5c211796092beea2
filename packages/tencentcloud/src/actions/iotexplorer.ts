import { byMember, query } from './rows.js'
import type { Service } from './Service.js'

const describeCloudStorageAIServiceTask = byMember('DescribeCloudStorageAIServiceTask', 'TaskId')
const describeTWeSeeRecognitionTask = byMember('DescribeTWeSeeRecognitionTask', 'TaskId')
const outcome = query({
  parameter: 'TaskId',
  parameterType: 'string',
  state: ['TaskInfo', 'Status'],
  succeeded: ['2', '3'],
  failed: ['1'],
  inProgress: ['4'],
})

/**
 * IoT Explorer, `iotexplorer` 2019-04-23.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (iotexplorer/v20190423) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const iotexplorer = {
  service: 'iotexplorer',
  version: '2019-04-23',
  submits: {
    // The query has the name of the submission.
    CreateAISearchTaskAsync: byMember('DescribeAISearchTaskAsync', 'TaskId'),
    CreateCloudStorageAIServiceTask: describeCloudStorageAIServiceTask,
    InvokeCloudStorageAIServiceTask: describeCloudStorageAIServiceTask,
    // The query is for "TWeSee 语义理解任务", which these start.
    CreateTWeSeeRecognitionTask: describeTWeSeeRecognitionTask,
    CreateTWeSeeRecognitionTaskWithFile: describeTWeSeeRecognitionTask,
    InvokeTWeSeeRecognitionTask: describeTWeSeeRecognitionTask,
    InvokeTWeSeeRecognitionTaskWithFile: describeTWeSeeRecognitionTask,
    // The query is for any "TWeSee 任务"; ServiceCategory COMPREHENSION.
    InvokeTWeSeeComprehension: byMember('DescribeTWeSeeTask', 'TaskId'),
  },
  queries: {
    // CloudStorageAIServiceTask.Status: "任务状态（1：失败；2：成功但结果为空；3：成功且结果非空；4：执行中
    // ）"
    DescribeCloudStorageAIServiceTask: outcome,
    // SeeTaskInfo.Status: "任务状态。可能取值： 1 ：失败 2 ：空结果 3 ：有效结果 4 ：处理中"
    DescribeTWeSeeTask: outcome,
    // DescribeAISearchTaskAsyncResponse.Status: "状态。0-初始状态；1-正在处理；2-处理失败；3-成功"
    DescribeAISearchTaskAsync: query({
      parameter: 'TaskId',
      parameterType: 'string',
      state: ['Status'],
      succeeded: ['3'],
      failed: ['2'],
      inProgress: ['0', '1'],
    }),
    // VisionRecognitionTask.Status: "任务状态（1：分析失败；2：下载/读取视频/图片失败；3：成功；4：执行中）"
    DescribeTWeSeeRecognitionTask: query({
      parameter: 'TaskId',
      parameterType: 'string',
      state: ['TaskInfo', 'Status'],
      succeeded: ['3'],
      failed: ['1', '2'],
      inProgress: ['4'],
    }),
  },
} as const satisfies Service
