/** The emulator accepts what published clients send, and refuses it when it is changed on the way. */
import { Agent } from 'node:http'
import QcloudApi from 'qcloudapi-sdk'
import { Client as CkafkaClient } from 'tencentcloud-sdk-nodejs/tencentcloud/services/ckafka/v20190819/ckafka_client.js'
import { Client as ClbClient } from 'tencentcloud-sdk-nodejs/tencentcloud/services/clb/v20180317/clb_client.js'
import { Client as CvmClient } from 'tencentcloud-sdk-nodejs/tencentcloud/services/cvm/v20170312/cvm_client.js'
import { Client as RedisClient } from 'tencentcloud-sdk-nodejs/tencentcloud/services/redis/v20180412/redis_client.js'
import { Client as VpcClient } from 'tencentcloud-sdk-nodejs/tencentcloud/services/vpc/v20170312/vpc_client.js'
import { afterEach, describe, expect, it } from 'vitest'
import { credential } from '../../test/signing.js'
import { type Emulator, type EmulatorOptions, startEmulator } from '../index.js'

const running: Emulator[] = []
const start = async (options?: EmulatorOptions) => {
  const emulator = await startEmulator({ credentials: [credential], ...options })
  running.push(emulator)
  return emulator
}
afterEach(async () => {
  await Promise.all(running.splice(0).map(emulator => emulator.close()))
})

const hostOf = ({ url }: Emulator) => new URL(url).host

describe('qcloudapi-sdk 0.2.1', () => {
  const keys = { SecretId: credential.secretId, SecretKey: credential.secretKey }

  const call = (emulator: Emulator, data: object, settings: object) =>
    new Promise<unknown>((resolve, reject) => {
      const api = new QcloudApi({ ...keys, host: hostOf(emulator), protocol: 'http', ...settings })
      api.request(data, settings, (error, body) => {
        if (error === null) resolve(body)
        else reject(new Error('the call failed', { cause: error }))
      })
    })

  const parameters = {
    Action: 'StartInstances',
    Region: 'ap-guangzhou',
    instanceIds: Array.from({ length: 12 }, (_, index) => `ins-${index}`),
    name: '测试 2+2=4&a?b/c#% é😀~!*()\'"',
    nested: [{ a_b: 1, empty: '' }, { cert: { id: 'x' } }],
  }
  const settings = ['GET', 'POST'].flatMap(method =>
    ['sha1', 'sha256'].map(signatureMethod => ({ method, signatureMethod })),
  )

  it.each(settings)('is accepted: %o', async setting => {
    const emulator = await start()
    const host = hostOf(emulator)
    expect(await call(emulator, parameters, { ...setting, host, protocol: 'http' })).toMatchObject({
      code: 0,
    })
    expect(emulator.tasks).toHaveLength(12)
  })

  it.each(settings)('is refused with another key: %o', async setting => {
    const emulator = await start()
    const wrong = { ...setting, host: hostOf(emulator), protocol: 'http', SecretKey: 'another' }
    expect(await call(emulator, parameters, wrong)).toMatchObject({ code: 4100 })
    expect(emulator.tasks).toEqual([])
  })

  // its nonce has 16 bits, so that two requests can be a replay
  const manyRequests = { refuseReplays: false }

  it('is accepted with a value that begins with @, which it does not sign by POST', async () => {
    const emulator = await start(manyRequests)
    for (const method of ['GET', 'POST'])
      expect(
        await call(
          emulator,
          { ...parameters, file: '@a' },
          { method, host: hostOf(emulator), protocol: 'http' },
        ),
      ).toMatchObject({ code: 0 })
  })

  it('is accepted with a Token', async () => {
    const emulator = await start({ ...manyRequests, credentials: [{ ...credential, token: 'temporary' }] })
    const target = { host: hostOf(emulator), protocol: 'http' }
    expect(await call(emulator, { ...parameters, Token: 'temporary' }, target)).toMatchObject({ code: 0 })
    expect(await call(emulator, parameters, target)).toMatchObject({ code: 4105 })
  })

  it('is refused with the documented rule where it leaves the first _ of a name', async () => {
    const emulator = await start()
    const target = { host: hostOf(emulator), protocol: 'http' }
    expect(await call(emulator, { ...parameters, _a: 1 }, target)).toMatchObject({ code: 4100 })
  })

  it.each(['GET', 'POST'])(
    'is refused when a byte is changed, or when it is sent twice: %s',
    async method => {
      const emulator = await start()
      const api = new QcloudApi({ ...keys, host: hostOf(emulator), method })
      const query = api.generateQueryString(parameters)
      const send = async (text: string): Promise<unknown> => {
        const response = await (method === 'GET'
          ? fetch(`${emulator.endpoint}?${text}`)
          : fetch(emulator.endpoint, { method, body: new URLSearchParams(text) }))
        return response.json()
      }
      expect(await send(query.replace('ins-0', 'ins-00'))).toMatchObject({ code: 4100 })
      expect(await send(`${query}&instanceIds.12=ins-12`)).toMatchObject({ code: 4100 })
      expect(await send(query)).toMatchObject({ code: 0 })
      expect(await send(query)).toMatchObject({ code: 4500 })
      expect(emulator.tasks).toHaveLength(12)
    },
  )
})

describe('tencentcloud-sdk-nodejs 4.1.313', () => {
  /** Resolves every name to the emulator, so the client signs the service of a real host. */
  const agent = new Agent({
    lookup: (_, options, callback) => {
      if (options.all === true) callback(null, [{ address: '127.0.0.1', family: 4 }])
      else callback(null, '127.0.0.1', 4)
    },
  })

  const settings = (emulator: Emulator, endpoint = hostOf(emulator), token?: string) => ({
    credential: { ...credential, ...(token === undefined ? {} : { token }) },
    region: 'ap-guangzhou',
    profile: { httpProfile: { endpoint, protocol: 'http://', agent } },
  })

  const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
    promise.then(
      () => 'no error',
      (error: unknown) => (error as { code?: unknown }).code,
    )

  it('follows a task of clb to its end', async () => {
    const emulator = await start()
    const clb = new ClbClient(settings(emulator))
    const { RequestId = '' } = await clb.DeleteLoadBalancer({ LoadBalancerIds: ['lb-1', '测试😀'] })
    expect(emulator.tasks).toMatchObject([{ id: RequestId, resourceIds: ['lb-1', '测试😀'] }])
    expect(await clb.DescribeTaskStatus({ TaskId: RequestId })).toMatchObject({ Status: 0 })
  })

  it('is accepted under the host of a service', async () => {
    const emulator = await start()
    const { port } = new URL(emulator.url)
    const clb = new ClbClient(settings(emulator, `clb.tencentcloudapi.com:${port}`))
    await clb.CreateLoadBalancer({ LoadBalancerType: 'OPEN', ClientToken: 'a' })
    const cvm = new CvmClient(settings(emulator, `cvm.tencentcloudapi.com:${port}`))
    const { RequestId } = await cvm.StartInstances({ InstanceIds: ['ins-1', 'ins-2'] })
    expect((await cvm.DescribeInstances({ InstanceIds: ['ins-2'] })).InstanceSet).toEqual([
      expect.objectContaining({
        InstanceId: 'ins-2',
        LatestOperationState: 'SUCCESS',
        LatestOperationRequestId: RequestId,
      }),
    ])
    expect(emulator.tasks.map(task => task.service)).toEqual(['clb', 'cvm', 'cvm'])
  })

  it('follows tasks of the other services', async () => {
    const emulator = await start()
    const vpc = new VpcClient(settings(emulator))
    const { TaskId } = await vpc.ReleaseAddresses({ AddressIds: ['eip-1'] })
    expect(await vpc.DescribeTaskResult({ TaskId: Number(TaskId) })).toMatchObject({ Result: 'SUCCESS' })
    const redis = new RedisClient(settings(emulator))
    const cleared = await redis.ClearInstance({ InstanceId: 'crs-1', Password: 'x' })
    expect(await redis.DescribeTaskInfo({ TaskId: cleared.TaskId! })).toMatchObject({ Status: 'succeed' })
    const ckafka = new CkafkaClient(settings(emulator))
    const { Result } = await ckafka.DeleteTopic({ InstanceId: 'ckafka-1', TopicName: 't' })
    expect(await ckafka.DescribeTaskStatus({ FlowId: Result!.Data!.FlowId! })).toMatchObject({
      Result: { Status: 0 },
    })
  })

  it('receives the error codes', async () => {
    const emulator = await start({ credentials: [{ ...credential, token: 'temporary' }] })
    const clb = (token: string) => new ClbClient(settings(emulator, undefined, token))
    expect(await codeOf(clb('temporary').DeleteLoadBalancer({ LoadBalancerIds: ['lb-1'] }))).toBe('no error')
    expect(await codeOf(clb('other').DeleteLoadBalancer({ LoadBalancerIds: ['lb-1'] }))).toBe(
      'AuthFailure.TokenFailure',
    )
    expect(await codeOf(clb('temporary').request('Fly', {}))).toBe('InvalidAction')
    expect(await codeOf(clb('temporary').DescribeTaskStatus({ TaskId: 'unknown' }))).toBe('ResourceNotFound')
  })

  it('is refused with another key, or when a byte is changed', async () => {
    const emulator = await start()
    const wrong = { ...settings(emulator), credential: { ...credential, secretKey: 'another' } }
    expect(await codeOf(new ClbClient(wrong).DeleteLoadBalancer({ LoadBalancerIds: ['lb-1'] }))).toBe(
      'AuthFailure.SignatureFailure',
    )
    await new ClbClient(settings(emulator)).DeleteLoadBalancer({ LoadBalancerIds: ['lb-1'] })
    const sent = emulator.requests.at(-1)!
    const { connection: _, ...headers } = sent.headers
    const again = async (body: string): Promise<unknown> =>
      (await fetch(emulator.url, { method: 'POST', headers: headers as Record<string, string>, body })).json()
    expect(await again('{"LoadBalancerIds":["lb-2"]}')).toMatchObject({
      Response: { Error: { Code: 'AuthFailure.SignatureFailure' } },
    })
    expect(emulator.tasks).toHaveLength(1)
    // API 3.0 has no nonce: the same bytes start a second task
    expect(await again('{"LoadBalancerIds":["lb-1"]}')).not.toHaveProperty('Response.Error')
    expect(emulator.tasks).toHaveLength(2)
  })
})
