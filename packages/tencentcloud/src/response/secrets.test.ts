import { showTaskError } from '@task-outcome/core'
import { fetchTransport } from '@task-outcome/fetch'
import * as E from 'fp-ts/lib/Either.js'
import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import type { QueryAction } from '../actions/Service.js'
import { decodeV3Status } from './decodeV3Status.js'
import { decodeV3Submission } from './decodeV3Submission.js'

const secret = 'Sup3rS3cretPassw0rd'

const respond = async (body: string): Promise<Parameters<ReturnType<typeof decodeV3Submission>>[0]> => {
  const transport = fetchTransport(() => Promise.resolve(new Response(body)))
  const sent = await transport({
    method: 'POST',
    url: 'https://cvm.tencentcloudapi.com/',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ Password: secret }),
  })()
  if (E.isLeft(sent)) throw new Error(sent.left._tag)
  return sent.right
}

const jobs: QueryAction = {
  parameter: 'TaskId',
  parameterType: 'string',
  list: { path: ['Jobs'], idMember: 'TaskId' },
  state: ['Status'],
  succeeded: [],
  failed: [],
  inProgress: [],
}

describe('no error shows a secret of the request that the response repeats', () => {
  test.each([
    ['in a code', `{"Response":{"Error":{"Code":"InvalidParameter.${secret}","Message":""}}}`],
    ['in a message', `{"Response":{"Error":{"Code":"InvalidParameter","Message":"${secret} is weak"}}}`],
    ['in a value of another type', `{"Response":{"TaskId":17,"Error":"${secret}"}}`],
    ['in text that is not JSON', `{"Response":{"TaskId":17,"Password":"${secret}",`],
  ])('%s', async (_, body) => {
    const result = decodeV3Submission({ _tag: 'Member', path: ['TaskId'] })(await respond(body))
    expect(E.isLeft(result) && showTaskError(result.left)).not.toContain(secret)
    expect(inspect(result, { depth: null })).not.toContain(secret)
    expect(result).toMatchObject({ left: { request: { method: 'POST' } } })
  })

  test('in the state of one task of many', async () => {
    const body = `{"Response":{"Jobs":[{"TaskId":"t-1","Status":"${secret}"}]}}`
    const result = decodeV3Status(jobs, { taskId: 't-1' })(await respond(body))
    expect(inspect(result, { depth: null })).not.toContain(secret)
    expect(result).toMatchObject({ left: { _tag: 'ShapeError', request: { method: 'POST' } } })
  })

  test('in two items of one task', async () => {
    const body = `{"Response":{"Jobs":[{"TaskId":"t-1"},{"TaskId":"t-1","${secret}":"${secret}"}]}}`
    const result = decodeV3Status(jobs, { taskId: 't-1' })(await respond(body))
    expect(inspect(result, { depth: null })).not.toContain(secret)
    expect(result).toMatchObject({ left: { _tag: 'ContractViolation' } })
  })
})
