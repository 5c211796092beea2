import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { sign3 } from '../test/signing.js'
import { startEmulator } from './index.js'

const program = fileURLToPath(new URL('../dist/cli.js', import.meta.url))

interface Run {
  readonly output: string
  readonly errors: string
  readonly status: number | null
}

/** Runs the command in a child process. Once it listens, calls `use`, then stops it with Ctrl-C. */
const run = (words: ReadonlyArray<string>, use?: (endpoint: string) => Promise<void>): Promise<Run> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...words])
    let output = ''
    let errors = ''
    let isUsed = false
    child.stdout.on('data', piece => {
      output += String(piece)
      const endpoint = /^Listening: (\S+)$/m.exec(output)?.[1]
      if (endpoint === undefined || isUsed || use === undefined || !output.includes('Ctrl-C')) return
      isUsed = true
      use(endpoint)
        .catch(reject)
        .finally(() => child.kill('SIGINT'))
    })
    child.stderr.on('data', piece => (errors += String(piece)))
    child.on('error', reject)
    child.on('close', status => resolve({ output, errors, status }))
  })

describe('task-outcome-emulator', () => {
  it('checks signatures and plays API 3.0 if it is given a key', async () => {
    const { output } = await run(['--credential', 'AKID=k=y'], async endpoint => {
      expect(await (await fetch(`${endpoint}?Action=CreateLoadBalancer`)).text()).toContain('"code":4000')
      const request = sign3(
        'DeleteLoadBalancer',
        { LoadBalancerIds: ['lb-1'] },
        {
          secretId: 'AKID',
          secretKey: 'k=y',
          host: new URL(endpoint).host,
          at: Math.floor(Date.now() / 1000),
        },
      )
      const response = await fetch(new URL(endpoint).origin, { ...request, body: request.body.toString() })
      expect(await response.text()).toMatch(/^\{"Response":\{"RequestId":"[^"]+"\}\}$/)
    })
    expect(output).toMatch(/^API 3.0: http:\/\/127.0.0.1:\d+$/m)
    expect(output).toContain('  cvm 2017-03-12     StartInstances, ')
    expect(output).not.toContain('curl')
  })

  it('does not repeat a key in a message', async () => {
    const { errors, status } = await run(['--credential', '=secret'])
    expect([status, errors]).toEqual([
      2,
      'task-outcome-emulator: --credential must be ID=KEY, such as AKIDEXAMPLE=key\nTry: task-outcome-emulator --help\n',
    ])
  })

  it('prints its endpoint and the actions, and stops on Ctrl-C', async () => {
    const { output, errors, status } = await run([], async endpoint => {
      expect(endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v2\/index\.php$/)
    })
    expect({ errors, status }).toEqual({ errors: '', status: 0 })
    expect(output).toContain('  StartInstances                     instanceIds.0, instanceIds.1, …\n')
    expect(output).toContain('  CheckTaskStatus                    flowId\n')
    expect(output).toContain('  QueryBmTaskResult                  requestId or taskId\n')
  })

  it('prints commands that work, even while a task runs', async () => {
    const texts: string[] = []
    const { output, status } = await run(
      ['--task-duration-ms', '3600000', '--reject', 'ins-2=4300'],
      async endpoint => {
        for (const query of [
          'Action=StartInstances&instanceIds.0=ins-1&instanceIds.1=ins-2',
          'Action=DescribeVpcTaskResult&taskId=6356502',
        ])
          texts.push(await (await fetch(`${endpoint}?${query}`)).text())
      },
    )
    expect(status).toBe(0)
    expect(output).toContain("?Action=StartInstances&instanceIds.0=ins-1&instanceIds.1=ins-2'\n")
    expect(output).toContain("?Action=DescribeVpcTaskResult&taskId=6356502'\n")
    expect(texts[0]).toContain('"ins-1":{"code":0,"message":"","requestId":"6356502"}')
    expect(texts[0]).toContain('"ins-2":{"code":4300,"message":"--reject ins-2=4300"}')
    expect(texts[1]).toContain('"status":2')
  })

  it('lets tasks fail with --fail', async () => {
    let text = ''
    await run(['--task-duration-ms=0', '--fail', 'a=b=-7', '--host=localhost'], async endpoint => {
      await fetch(`${endpoint}?Action=ResetInstances&instanceId=a%3Db`)
      text = await (await fetch(`${endpoint}?Action=CheckTaskStatus&flowId=6356502`)).text()
    })
    expect(text).toContain('"status":1,"output":{"code":-7,"message":"--fail a=b=-7"}')
  })

  it.each(['--help', '-h'])('prints every option with %s', async flag => {
    const { output, errors, status } = await run([flag])
    expect({ errors, status }).toEqual({ errors: '', status: 0 })
    for (const name of [
      '--port',
      '--host',
      '--task-duration-ms',
      '--reject',
      '--fail',
      '--help',
      '--version',
    ])
      expect(output).toContain(name)
  })

  it('prints its version with --version', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
      version: string
    }
    expect(await run(['--version'])).toEqual({ output: `${version}\n`, errors: '', status: 0 })
  })

  it.each([
    [['--prot', '1'], "Unknown option '--prot'"],
    [['extra'], "Unexpected argument 'extra'"],
    [['--port'], "Option '--port <value>' argument missing"],
    [['--port', '65536'], '--port must be an integer from 0 to 65535, found "65536"'],
    [['--port', ''], '--port must be an integer from 0 to 65535, found ""'],
    [['--task-duration-ms', '1.5'], '--task-duration-ms must be an integer'],
    [
      ['--reject', 'ins-1'],
      '--reject must be ID=CODE with a code other than 0, such as ins-1=5000, found "ins-1"',
    ],
    [['--reject', 'ins-1=0'], 'found "ins-1=0"'],
    [['--reject', '=5000'], 'found "=5000"'],
    [['--fail', 'ins-1=x'], '--fail must be ID=CODE'],
  ])('exits with 2 and a message for %o', async (words, message) => {
    const { output, errors, status } = await run(words)
    expect({ output, status }).toEqual({ output: '', status: 2 })
    expect(errors).toContain(`task-outcome-emulator: ${message.startsWith('found') ? '' : message}`)
    expect(errors).toContain(message)
    expect(errors).toContain('Try: task-outcome-emulator --help')
  })

  it('exits with 1 and a message if it can’t listen', async () => {
    const emulator = await startEmulator()
    const { port } = new URL(emulator.url)
    const { errors, status } = await run(['--port', port])
    await emulator.close()
    expect(status).toBe(1)
    expect(errors).toBe(
      `task-outcome-emulator: listen EADDRINUSE: address already in use 127.0.0.1:${port}\n`,
    )
  })
})
