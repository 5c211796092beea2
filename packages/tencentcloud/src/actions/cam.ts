import { byMember, query } from './rows.js'
import type { Service } from './Service.js'

/**
 * Access management, `cam` 2019-01-16.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (cam/v20190116) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const cam = {
  service: 'cam',
  version: '2019-01-16',
  submits: {
    // The doc comments of the types name the query.
    DeleteServiceLinkedRole: byMember('GetServiceLinkedRoleDeletionStatus', 'DeletionTaskId'),
  },
  queries: {
    // GetServiceLinkedRoleDeletionStatusResponse.Status: "状态：NOT_STARTED，IN_PROGRESS，SUCCEEDED，FAILED"
    GetServiceLinkedRoleDeletionStatus: query({
      parameter: 'DeletionTaskId',
      parameterType: 'string',
      state: ['Status'],
      succeeded: ['SUCCEEDED'],
      failed: ['FAILED'],
      inProgress: ['NOT_STARTED', 'IN_PROGRESS'],
      output: ['Reason'],
    }),
  },
} as const satisfies Service
