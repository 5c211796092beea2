/** `submit`, `wait` and `follow` against the emulator. */
import { spawn } from 'node:child_process'
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Emulator, startEmulator } from '@task-outcome/emulator'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { program, runCommand, runInTerminalWhile } from './runCommand.js'

const folder = mkdtempSync(join(tmpdir(), 'task-outcome-'))
const file = (name: string, content = ''): string => {
  const path = join(folder, name)
  if (content !== '') writeFileSync(path, content)
  return path
}

const secretKey = 'key-that-nobody-may-see'
const env = { TENCENTCLOUD_SECRET_ID: 'AKIDEXAMPLE', TENCENTCLOUD_SECRET_KEY: secretKey }

let api: Emulator
let now = 0
beforeAll(async () => {
  api = await startEmulator({
    // Tasks end when the tests say so. API 3.0 refuses a time that is 5 minutes off, so not more often than 14 times.
    clock: () => Date.now() + now,
    taskDurationMs: 20_000,
    credentials: [{ secretId: 'AKIDEXAMPLE', secretKey }],
    rejections: { 'ins-2': { code: 5000, message: 'no such instance' } },
    failures: { 'ins-3': { code: 5100, message: 'disk full' } },
    clockToleranceMs: 1_000_000_000,
  })
})
afterAll(async () => {
  await api.close()
  rmSync(folder, { recursive: true })
})

const batch = file('batch.json', '{"instanceIds":["ins-1","ins-2","ins-3"]}')

const submitBatch = () =>
  runCommand(['submit', 'StartInstances', batch, '-f', 'batch', '--endpoint', api.endpoint, '-o', 'json'], {
    env,
  })

/** Lets all tasks end. */
const endTasks = (): void => void (now += 20_000)

describe('submit', () => {
  test('of API 2.0 has a row for each resource', async () => {
    const { stdout, status } = await submitBatch()
    expect(status).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({
      exitCode: 1,
      rows: [
        { state: 'accepted', resource: 'ins-1', task: expect.stringMatching(/^\d+$/) as string },
        { state: 'rejected', resource: 'ins-2', again: 'no' },
        { state: 'accepted', resource: 'ins-3' },
      ],
    })
  })

  test('of one resource has a row, and the parameters can come from standard input', async () => {
    const words = ['submit', 'clb:DeleteLoadBalancer', '--endpoint', api.url]
    expect(await runCommand(words, { env, input: '{"LoadBalancerIds":["lb-1"]}' })).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/accepted/) as string,
      stderr: '1 accepted\n',
    })
  })

  test('with --dry-run prints the signed request without secrets, and sends nothing', async () => {
    const sent = api.requests.length
    const { stdout, stderr, status } = await runCommand(
      ['submit', 'StartInstances', batch, '--dry-run', '--endpoint', api.endpoint, '--region', 'gz'],
      { env: { ...env, TENCENTCLOUD_TOKEN: 'token-that-nobody-may-see' } },
    )
    expect([status, stderr, api.requests.length]).toEqual([0, 'dry run: nothing was sent\n', sent])
    expect(stdout).toMatch(
      /^POST http:.*\n.*\n\nAction=StartInstances&.*SecretId=\*\*\*&.*&Signature=\*\*\*\n$/,
    )
    for (const secret of ['AKIDEXAMPLE', secretKey, 'token-that']) expect(stdout).not.toContain(secret)
    const v3 = await runCommand(['submit', 'clb:DeleteLoadBalancer', '--dry-run'], {
      env,
      input: '{"LoadBalancerIds":["lb-1"],"Id":9007199254740993123}',
    })
    expect(v3.stdout).toContain('POST https://clb.tencentcloudapi.com/\nAuthorization: ***\n')
    expect(v3.stdout).toContain('{"LoadBalancerIds":["lb-1"],"Id":9007199254740993123}')
  })

  test.each([
    ['clb:DeleteLoadBalancer', []],
    ['StartInstances', ['--endpoint', 'https://a.example/']],
  ])(
    'of %s with --dry-run masks secrets with escapes, short ones and those in objects',
    async (action, more) => {
      const { stdout } = await runCommand(['submit', action, '--dry-run', ...more], {
        env,
        input: JSON.stringify({
          Password: 'pa"ss\\word1',
          Pin: '123',
          Again: 'pa"ss\\word1',
          Login: { ...{ Password: 'x"z' } },
          Name: 'shown',
        }),
      })
      expect(stdout).toContain('shown')
      for (const secret of ['word1', '123"', '=123', 'z"', '%22z']) expect(stdout).not.toContain(secret)
    },
  )

  test.runIf(existsSync('/dev/full'))(
    'whose rows can’t be written writes them to standard error',
    async () => {
      const full = openSync('/dev/full', 'w')
      const words = [program, 'submit', 'StartInstances', batch, '-f', 'batch', '--endpoint', api.endpoint]
      const child = spawn(process.execPath, words, {
        env: { PATH: process.env.PATH, ...env },
        stdio: ['ignore', full, 'pipe'],
      })
      closeSync(full)
      let stderr = ''
      child.stderr!.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
      expect(await new Promise(resolve => child.on('close', resolve))).toBe(3)
      expect(stderr).toMatch(/ins-1 +\d+ +accepted/)
      expect(stderr).toMatch(/error: cannot write standard output: ENOSPC\n$/)
    },
  )

  test('that is stopped before its response says that a task may be running', async () => {
    const silent = api.serve({
      body: '{"code":0,"requestId":17}',
      fault: { _tag: 'Stall', at: 'beforeResponse' },
    })
    const before = api.requests.length
    const child = spawn(
      process.execPath,
      [program, 'submit', 'StartInstances', batch, '--endpoint', silent],
      { env: { PATH: process.env.PATH, ...env } },
    )
    let stderr = ''
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
    const ended = new Promise<number | null>(resolve => child.on('close', resolve))
    await until(() => api.requests.length > before)
    child.kill('SIGINT')
    expect(await ended).toBe(3)
    expect(stderr).toContain('task may be running')
  })

  test('that does not reach the API says that nothing was started', async () => {
    const words = ['submit', 'StartInstances', batch, '--endpoint', await api.refusedUrl()]
    const { stdout, stderr, status } = await runCommand(words, { env })
    expect(status).toBe(2)
    expect(stdout).toContain('not sent: nothing was started')
    expect(stderr).toContain('it is safe to send it again')
  })

  test('whose response is lost is in doubt', async () => {
    const lost = api.serve({ body: '{"code":0,"requestId":17', fault: { _tag: 'Close', at: 'withinBody' } })
    const { stderr, status } = await runCommand(['submit', 'StartInstances', batch, '--endpoint', lost], {
      env,
    })
    expect(status).toBe(3)
    expect(stderr).toContain('A task may be running')
  })

  test('of an id that belongs to no entry has the rejections in doubt', async () => {
    const url = api.serve({ body: '{"code":5100,"taskId":7,"detail":{"ins-1":{"code":5100}}}' })
    const { stdout, status } = await runCommand(
      ['submit', 'StartInstances', batch, '-f', 'batch', '--endpoint', url],
      { env },
    )
    expect(status).toBe(3)
    expect(stdout).toMatch(/ins-1 +in-doubt/)
  })
})

describe('credentials', () => {
  const words = ['submit', 'clb:DeleteLoadBalancer', '--dry-run', '--credentials']
  const withFile = async (name: string, content: string, mode = 0o600) => {
    const path = file(name, content)
    chmodSync(path, mode)
    return runCommand([...words, path], { input: '{}' })
  }

  test('come from a file that only its owner can read', async () => {
    const content = JSON.stringify({ secretId: 'AKIDFILE', secretKey, token: 'a-token' })
    expect(await withFile('good.json', content)).toMatchObject({ status: 0 })
    const { status, stderr } = await withFile('open.json', content, 0o644)
    expect([status, stderr]).toEqual([
      64,
      expect.stringContaining('is readable by other users: run chmod 600'),
    ])
  })

  test.each(['{"secretId":"AKID"', '{"secretId":"AKID"}', '[]', '7'])(
    'in a file such as %s are missing, and the message does not quote it',
    async content => {
      const { status, stderr } = await withFile('bad.json', content)
      expect(status).toBe(64)
      expect(stderr).toContain('has no credentials: write {"secretId":"…","secretKey":"…"}')
      expect(stderr).not.toContain('AKID')
    },
  )

  test('are asked for if there are none', async () => {
    expect(await runCommand(['submit', 'clb:DeleteLoadBalancer'], { input: '{}' })).toMatchObject({
      status: 64,
      stderr: expect.stringContaining('set TENCENTCLOUD_SECRET_ID') as string,
    })
  })
})

describe('wait', () => {
  const query = () => ['--action', 'v2/vpc:DescribeVpcTaskResult', '--endpoint', api.endpoint]

  test('follows the tasks of a saved response to their ends, and keeps the rejected resources', async () => {
    const submitted = file('submitted.json', (await submitBatch()).stdout)
    endTasks()
    const { stdout, stderr, status } = await runCommand(['wait', ...query(), submitted, '-o', 'ndjson'], {
      env,
    })
    expect(status).toBe(1)
    const rows = stdout
      .trim()
      .split('\n')
      .map(
        line =>
          JSON.parse(line) as { readonly resource: string; readonly state: string; readonly reason: string },
      )
    expect(rows.map(({ resource, state }) => `${resource} ${state}`).sort()).toEqual([
      'ins-1 succeeded',
      'ins-2 rejected',
      'ins-3 failed',
    ])
    expect(stderr).toMatch(/^ins-1 \d+ succeeded$/m)
    expect(stderr).toMatch(/1 succeeded, 1 failed, 1 rejected\n$/)
  })

  test('ends after its time with what is known, and goes on from its state', async () => {
    const submitted = file('slow.json', (await submitBatch()).stdout)
    const words = ['wait', ...query(), submitted, '--state', file('slow.state')]
    const first = await runCommand([...words, '--timeout', '0.5'], { env })
    expect(first.status).toBe(4)
    expect(first.stdout).toMatch(/ins-1 +\d+ +in-progress .*timed out/)
    expect(first.stderr).toContain('to resume, run the same command again')
    endTasks()
    const second = await runCommand(words, { env })
    expect(second.stderr).toContain('resuming: 0 tasks finished, 2 pending')
    expect(second.status).toBe(1)
    // A stored wait needs no input.
    const third = await runCommand(['wait', ...query(), '-', '--state', file('slow.state')], { env })
    expect(third.stderr).toContain('resuming: 2 tasks finished, 0 pending')
    expect(third.stdout).toMatch(/ins-2 +rejected/)
  })

  test.each(['SIGINT', 'SIGKILL'] as const)('that is ended by %s can go on', async signal => {
    const submitted = file('killed.json', (await submitBatch()).stdout)
    const state = file(`${signal}.state`)
    const words = ['wait', ...query(), submitted, '--state', state]
    const before = api.requests.length
    const child = spawn(process.execPath, [program, ...words], { env: { PATH: process.env.PATH, ...env } })
    const ended = new Promise<number | null>(resolve => child.on('close', resolve))
    await until(() => existsSync(state) && api.requests.length > before)
    child.kill(signal)
    expect(await ended).toBe(signal === 'SIGINT' ? 4 : null)
    expect(readFileSync(state, 'utf8')).not.toContain(secretKey)
    endTasks()
    expect((await runCommand(words, { env })).stdout).toMatch(/ins-1 +\d+ +succeeded/)
  })

  test('takes resources that share a RequestId as tasks of their own', async () => {
    const submitted = await runCommand(
      ['submit', 'cvm:StartInstances', '--endpoint', api.url, '-o', 'ndjson'],
      { env, input: '{"InstanceIds":["ins-1","ins-3"]}' },
    )
    endTasks()
    const { stdout, status } = await runCommand(
      ['wait', '-a', 'cvm:StartInstances', '--endpoint', api.url, file('cvm.ndjson', submitted.stdout)],
      { env },
    )
    expect(status).toBe(1)
    expect(stdout).toMatch(/ins-1 .*succeeded/)
    expect(stdout).toMatch(/ins-3 .*failed .*disk full/)
  })

  test('of a broken response stays in doubt, also when its known tasks have succeeded', async () => {
    const { id: taskId } = api.tasks[0]!
    const { stdout, stderr, status } = await runCommand(['wait', ...query(), '-'], {
      env,
      input: `{"code":0,"detail":{"ins-1":{"code":0,"requestId":${taskId}},`,
    })
    expect(stdout).toContain('succeeded')
    expect(stderr).toContain('Malformed JSON')
    expect(status).toBe(3)
  })

  test.each(['json', 'ndjson'])('of a broken response stays in doubt through -o %s', async output => {
    const { id: taskId } = api.tasks[0]!
    const input = `{"code":0,"detail":{"ins-1":{"code":0,"requestId":${taskId}},`
    const printed = await runCommand(['read', '-o', output], { input })
    const { stdout, status } = await runCommand(['wait', ...query(), '-'], { env, input: printed.stdout })
    expect(stdout).toContain('succeeded')
    expect(status).toBe(3)
  })

  test.each([
    ['a number', '17', 'row 2: "task": expected null or an id in double quotes'],
    ['empty', '""', 'row 2: "task": expected null or an id in double quotes'],
  ])('refuses a printed task that is %s: it would be lost', async (_, task, message) => {
    const row = (id: string) =>
      `{"source":"","state":"accepted","resource":null,"task":${id},"code":null,"reason":"","message":"","again":"no"}`
    const rows = ['"1"', task].map(row)
    const whole = `{"version":1,"exitCode":0,"rows":[${rows.join(',')}]}`
    for (const [input, said] of [
      [whole, message],
      [rows.join('\n'), message.replace('row', 'line')],
    ] as const)
      expect(await runCommand(['wait', ...query(), '-'], { env, input })).toMatchObject({
        status: 64,
        stderr: expect.stringContaining(said) as string,
      })
  })

  test('takes what was printed with -o json without its line breaks', async () => {
    const { stdout } = await submitBatch()
    endTasks()
    const input = JSON.stringify(JSON.parse(stdout))
    const ran = await runCommand(['wait', ...query(), '-'], { env, input })
    expect(ran.stdout).toMatch(/ins-1 +\d+ +succeeded/)
    expect(ran.stdout).toMatch(/ins-2 +rejected/)
  })

  test('goes on only with the same tasks, endpoint and region', async () => {
    const submitted = file('same.json', (await submitBatch()).stdout)
    const state = file('same.state')
    const words = (...more: ReadonlyArray<string>) => ['wait', ...query(), '--state', state, ...more]
    expect((await runCommand(words('--timeout', '0.2', submitted), { env })).status).toBe(4)
    const stored = readFileSync(state, 'utf8')
    const other = file('other.json', (await submitBatch()).stdout)
    for (const [given, message] of [
      [words(other), 'is of a wait for other tasks'],
      [words('--region', 'gz', submitted), 'with another --region'],
      [
        ['wait', ...query().slice(0, 2), '--endpoint', 'http://127.0.0.1:9/', '--state', state, submitted],
        'with another --endpoint',
      ],
    ] as const)
      expect(await runCommand(given, { env })).toMatchObject({
        status: 64,
        stderr: expect.stringContaining(message) as string,
      })
    expect(readFileSync(state, 'utf8')).toBe(stored)
  })

  test('whose state is a directory is a mistake', async () => {
    expect(await runCommand(['wait', ...query(), '--state', folder, '-'], { env })).toMatchObject({
      status: 64,
      stderr: expect.stringContaining('it is a directory') as string,
    })
  })

  test('whose state can’t be stored at its end has printed its rows', async () => {
    const submitted = file('lost.json', (await submitBatch()).stdout)
    const inner = mkdtempSync(join(folder, 'inner-'))
    const words = ['wait', ...query(), submitted, '--state', join(inner, 'state')]
    const child = spawn(process.execPath, [program, ...words], { env: { PATH: process.env.PATH, ...env } })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
    const ended = new Promise<number | null>(resolve => child.on('close', resolve))
    await until(() => existsSync(join(inner, 'state')))
    rmSync(inner, { recursive: true })
    endTasks()
    await ended
    expect(stdout).toMatch(/ins-1 +\d+ +succeeded/)
    expect(stderr).toContain('cannot write')
  })

  test('of a response of API 3.0 needs no other action', async () => {
    const url = ['--endpoint', api.url]
    const submitted = await runCommand(['submit', 'clb:DeleteLoadBalancer', ...url, '-o', 'ids'], {
      env,
      input: '{"LoadBalancerIds":["lb-1"]}',
    })
    endTasks()
    const input = `{"Response":{"RequestId":"${submitted.stdout.trim()}"}}`
    for (const action of ['clb:DeleteLoadBalancer', 'clb:DescribeTaskStatus'])
      expect(await runCommand(['wait', '-a', action, ...url], { env, input })).toMatchObject({ status: 0 })
  })

  test('shows a bar on a terminal', async () => {
    const submitted = file('bar.json', (await submitBatch()).stdout)
    const shown = await runInTerminalWhile(['wait', ...query(), submitted], { env }, output => {
      if (output.includes('0/2')) endTasks()
    })
    expect(shown).toContain('░ 0/2  0 succeeded, 0 failed')
    expect(shown).toContain('1 succeeded, 1 failed, 1 rejected')
  })

  test.each([
    [
      'a state of another action',
      '{"version":1,"query":"clb:X","wait":{"_tag":"NothingToWaitFor","rejected":[],"recovered":[]},"others":[]}',
      'is of a wait with --action clb:X',
    ],
    ['a file that is no state', '{"code":0}', 'is no state of a wait'],
    ['a file that is not JSON', 'hello', 'is no state of a wait'],
  ])('refuses %s', async (_, content, message) => {
    const state = file('other.state', content)
    expect(await runCommand(['wait', ...query(), '--state', state, '-'], { env })).toMatchObject({
      status: 64,
      stderr: expect.stringContaining(message) as string,
    })
    expect(readFileSync(state, 'utf8')).toBe(content)
  })
})

describe('follow', () => {
  test('waits for tasks by their ids', async () => {
    await submitBatch()
    endTasks()
    const { id: taskId } = api.tasks.at(-1)!
    const { stdout, status } = await runCommand(
      ['follow', '-a', 'v2/vpc:DescribeVpcTaskResult', '--endpoint', api.endpoint, `ins-3=${taskId}`],
      { env },
    )
    expect(status).toBe(2)
    expect(stdout).toMatch(new RegExp(`ins-3 +${taskId} +failed`))
  })

  test('of a task that the API does not know is in doubt at once, if it is not new', async () => {
    const url = api.serve({ body: '{"code":4000,"message":"wrong"}' })
    const { stdout, status } = await runCommand(
      ['follow', '-a', 'v2/vpc:DescribeVpcTaskResult', '--endpoint', url, '17'],
      { env },
    )
    expect(status).toBe(3)
    expect(stdout).toContain('Query rejected: 4000')
  })
})

test.each([
  ['a service alone', ['submit', 'StartInstances'], 'type SERVICE:ACTION'],
  ['a query', ['submit', 'clb:DescribeTaskStatus'], 'name an action that starts one'],
  [
    'an endpoint in the open',
    ['submit', 'clb:DeleteLoadBalancer', '--endpoint', 'http://example.com/'],
    'type a URL that begins with https://',
  ],
  [
    'an endpoint that is none',
    ['submit', 'clb:DeleteLoadBalancer', '--endpoint', 'example'],
    'type a URL that begins with https://',
  ],
  [
    'a query of API 2.0 without its endpoint',
    ['follow', '-a', 'v2/vpc:DescribeVpcTaskResult', '1'],
    'name the endpoint',
  ],
  [
    'a task without an id',
    ['follow', '-a', 'clb:DeleteLoadBalancer', 'ins-1='],
    'type TASK, or RESOURCE=TASK',
  ],
  ['no action', ['wait', '-'], "required option '-a, --action <service:action>' not specified"],
  ['no time', ['wait', '-a', 'clb:DeleteLoadBalancer', '--timeout', '0'], 'Type a number greater than 0'],
])('%s is a mistake, and the message says what to type', async (_, words, message) => {
  const { status, stderr } = await runCommand(words, { env, input: '{}' })
  expect([status, stderr]).toEqual([64, expect.stringContaining(message)])
})

test.each([
  ['[1]', 'write the parameters as a JSON object'],
  ['{"a":1,}', 'is not JSON: expected a member name in double quotes'],
  ['{"a":1,"a":2}', 'duplicate parameter "a": remove one'],
])('the parameters %s are a mistake', async (input, message) => {
  const { status, stderr } = await runCommand(['submit', 'clb:DeleteLoadBalancer', '--dry-run'], {
    env,
    input,
  })
  expect([status, stderr]).toEqual([64, expect.stringContaining(message)])
})

const until = async (isTrue: () => boolean): Promise<void> => {
  while (!isTrue()) await new Promise(resolve => setTimeout(resolve, 20))
}
