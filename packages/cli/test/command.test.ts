import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { program, runCommand, runInTerminal } from './runCommand.js'

const folder = mkdtempSync(join(tmpdir(), 'task-outcome-'))
afterAll(() => rmSync(folder, { recursive: true }))

const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

describe('the exit code', () => {
  const accepted = '{"code":0,"requestId":1}'
  const rejected = '{"code":4000}'
  const state = (status: number) => `{"code":0,"data":{"status":${status}}}`

  test.each<[number, string, string]>([
    [0, 'all are accepted', accepted],
    [0, 'all have succeeded', state(0)],
    [1, 'some are rejected', `${accepted}\n${rejected}`],
    [1, 'some have failed', `${state(0)}\n${state(1)}`],
    [2, 'all are rejected', `${rejected}\n${rejected}`],
    [2, 'all have failed', state(1)],
    [3, 'one is in doubt', `${accepted}\n{"code":0}`],
    [3, 'there is nothing to read', ''],
    [3, 'it is HTML', '<html>Please log in</html>'],
    [3, 'a query failed', `${state(0)}\n{"code":0,"data":{"status":7}}`],
    [3, 'an accepted task has the status of a failure', `HTTP/1.1 500 x\r\n\r\n${accepted}`],
    [4, 'one is in progress', `${state(1)}\n${state(2)}`],
  ])('is %i if %s', async (code, _, input) => {
    const { status, stderr } = await runCommand(['read'], { input })
    expect([status, stderr]).toEqual([code, expect.stringMatching(/\n$/)])
  })

  test.each([
    ['an unknown command', ['rad'], 'Did you mean read?'],
    ['an unknown option', ['read', '--formt', 'batch'], 'Did you mean --format?'],
    ['a wrong value', ['read', '--format', 'xml'], 'Allowed choices are auto, batch, ordinary, status'],
    ['a missing file', ['read', 'nope.json'], 'there is no such file; to read standard input, type -'],
    ['a directory', ['read', '/'], 'it is a directory; name a file in it'],
    ['a missing argument', ['explain'], "missing required argument 'code'"],
    ['a code that is none', ['explain', '5 100'], 'type a number, such as 5100, or a name'],
    ['an unknown service', ['actions', 'tke2'], '"task-outcome actions" lists those that are known'],
    ['a service without its version', ['actions', 'cii'], 'did you mean "cii20201210"?'],
    ['an unknown action', ['read', '--action', 'clb:Nope', '-'], '"task-outcome actions clb" lists them'],
    [
      'a list without ids',
      ['read', '--requested', '/dev/null', '-'],
      'write one a line, or a JSON array of strings',
    ],
    ['a port that is none', ['emulate', '--port', '70000'], 'Type an integer from 0 to 65535'],
    ['a failure without a code', ['emulate', '--fail', 'ins-1'], 'type ID=CODE'],
    ['a key without an id', ['emulate', '--credential', 'secret'], 'type ID=KEY'],
    ['an unknown shell', ['completion', 'csh'], 'Allowed choices are bash, zsh, fish'],
  ])('is 64 for %s, and the message says what to type', async (_, words, message) => {
    const { status, stdout, stderr } = await runCommand(words)
    expect([status, stdout]).toEqual([64, ''])
    expect(stderr).toContain(message)
    expect(stderr).not.toContain('secret')
    expect(stderr).not.toMatch(/^ +at /m)
  })

  test('is 64 without a command, with the help', async () => {
    expect(await runCommand([])).toMatchObject({
      status: 64,
      stderr: expect.stringContaining('Usage:') as string,
    })
  })

  test('is 0 for help and version, which go to standard output', async () => {
    expect(await runCommand(['--version'])).toEqual({ status: 0, stdout: '0.1.0\n', stderr: '' })
    for (const words of [['--help'], ['read', '--help'], ['explain', '-h'], ['help', 'read']]) {
      const { status, stdout, stderr } = await runCommand(words)
      expect([status, stderr]).toEqual([0, ''])
      expect(stdout).toContain('Examples:')
      expect(stdout).toMatch(/exit codes:/i)
    }
  })

  test.each([
    ['0', 0, 'success'],
    ['-8000', 3, 'unknown code'],
    ['4500', 0, 'it most likely arrived then'],
    ['12345', 3, 'unknown code'],
    ['FailedOperation.Odd', 0, 'Known as FailedOperation'],
    ['TemporarilyOdd', 3, 'unknown code'],
  ])('of explain %s is %i', async (code, status, text) => {
    const ran = await runCommand(['explain', code])
    expect(ran.status).toBe(status)
    expect(ran.stdout + ran.stderr).toContain(text)
  })
})

describe('output', () => {
  const hostile =
    '{"code":5100,"detail":{"ins\\u001b[2J-\\u202e1":{"code":77,"message":"\\u0007\\u009b1m","requestId":"7\\n8"}}}'

  test.each(['table', 'wide', 'json', 'ndjson', 'csv', 'ids'])(
    'as %s brings no control or bidirectional character of a body to a terminal',
    output => {
      const shown = runInTerminal(['read', '-o', output, file('hostile.json', hostile)], {
        env: { NO_COLOR: '1' },
      })
      expect(shown).not.toMatch(/[^\P{C}\r\n]/u)
      expect(shown).toContain('1 in doubt')
    },
  )

  test('leaves out an id that can’t be a line, and says so', async () => {
    expect(await runCommand(['read', '-o', 'ids'], { input: hostile })).toMatchObject({
      stdout: '',
      stderr: expect.stringContaining(
        "1 id has control characters and can't be a line: use -o json",
      ) as string,
    })
  })

  test('in a CSV file has the exact text', async () => {
    const { stdout } = await runCommand(['read', '-o', 'csv'], { input: hostile })
    expect(stdout).toContain('ins\u001b[2J-\u202e1,"7\n8",77')
  })

  test('has colours on a terminal only, and not with NO_COLOR', async () => {
    const path = file(
      'batch.json',
      '{"code":5400,"detail":{"ins-1":{"code":0,"requestId":1},"ins-2":{"code":5100}}}',
    )
    expect(runInTerminal(['read', path])).toContain('\u001b[32maccepted')
    expect(runInTerminal(['read', path], { env: { NO_COLOR: '1' } })).not.toContain('\u001b')
    const { stdout, stderr } = await runCommand(['read', path], { env: { TERM: 'xterm' } })
    expect(stdout + stderr).not.toContain('\u001b')
  })

  test('fits the terminal, and is whole in a pipe and with -o wide', async () => {
    const path = file(
      'narrow.json',
      `{"code":5100,"detail":{"服务器-🚀":{"code":5200,"message":"${'long '.repeat(20)}"}}}`,
    )
    const [, row] = runInTerminal(['read', path], { columns: 60, env: { NO_COLOR: '1' } }).split('\r\n')
    expect(row).toBe('服务器-🚀  rejected  5200  no          purchase failed: con…')
    expect((await runCommand(['read', path])).stdout).toContain('purchase failed: configuration or stock\n')
    expect(runInTerminal(['read', '-o', 'wide', path], { columns: 60 })).toContain('long '.repeat(19))
  })

  test('ends quietly if its reader has had enough', () => {
    const lines = file('many.ndjson', '{"code":0,"requestId":1}\n'.repeat(20_000))
    const { stdout, stderr } = spawnSync(
      'bash',
      [
        '-c',
        `'${process.execPath}' '${program}' read -o ndjson '${lines}' 2>&1 >/dev/null | head -1; '${process.execPath}' '${program}' read -o ndjson '${lines}' 2>/dev/null | head -1`,
      ],
      { encoding: 'utf8' },
    )
    expect(stdout).toContain('"task":"1"')
    expect(stderr).toBe('')
  })
})

test('a position is that in the file, also in a line of a log, and the text around the body is not shown', async () => {
  const { stderr } = await runCommand(['read'], {
    input: 'A {"code":0,"requestId":1}\nkey=hush {"code":"x"} Signature=hush\n',
  })
  expect(stderr).toContain('  line 2, column 18, /code\n    {"code":"x"}\n            ^\n')
  expect(stderr).not.toContain('hush')
})

test('a broken HTTP archive is not shown: it has cookies', async () => {
  const input = '{"log":{"entries":[{"request":{"cookies":[{"name":"a","value":"hush'
  const { stderr, status } = await runCommand(['read'], { input })
  expect(status).toBe(3)
  expect(stderr).toMatch(/line 1, column \d+\n/)
  expect(stderr).not.toContain('hush')
})

describe('in many responses', () => {
  test('a resource that has a task in one of them can’t be sent again', async () => {
    const input =
      '{"code":5100,"detail":{"a":{"code":5100},"b":{"code":5100}}}\n{"code":0,"detail":{"a":{"code":0,"requestId":5}}}\n'
    const only = await runCommand(['read', '--only', 'again', '-o', 'ids'], { input })
    expect(only.stdout).toBe('b\n')
    const { stdout, stderr } = await runCommand(['read'], { input })
    expect(stdout).toMatch(/a +rejected +5100 +look-first/)
    expect(stderr).toContain('1 can be sent again')
  })

  test('the requested resources are compared with all of them', async () => {
    const input =
      '{"code":0,"detail":{"a":{"code":0,"requestId":1}}}\n{"code":0,"detail":{"b":{"code":0,"requestId":2}}}\n'
    expect(await runCommand(['read', '-r', file('two.txt', 'a\nb\n'), '-'], { input })).toMatchObject({
      status: 0,
    })
    const { stdout, status } = await runCommand(['read', '-r', file('three.txt', 'a\nb\nc\n'), '-'], {
      input,
    })
    expect(status).toBe(3)
    expect(stdout.match(/requested, but not in the response/g)).toHaveLength(1)
  })
})

test.each([
  ['beside its code', '"a":{"code":5100,"jobs":{"taskId":77}},"b":{"code":0,"requestId":1}', '', 'a'],
  [
    'in its codeDesc',
    '"a":{"code":5100,"codeDesc":"{\\"taskId\\":77}"},"b":{"code":0,"requestId":1}',
    '',
    'a',
  ],
  [
    'that belongs to no entry',
    '"a":{"code":5100},"b":{"code":0,"requestId":1},"d":{"code":5100}',
    ',"job":{"taskId":"77"}',
    'a',
  ],
])(
  'with the id of a task %s, a rejected resource is in doubt, whatever was requested',
  async (_, entries, more, id) => {
    const input = `{"code":5400,"message":"","detail":{${entries}}${more}}`
    for (const requested of ['a\nb\nd', 'a\nb\nc\nd']) {
      const words = ['read', '-r', file('some.txt', requested), '-']
      const { stdout, status } = await runCommand(words, { input })
      expect(status).toBe(3)
      expect(stdout).toMatch(new RegExp(`${id} .*in-doubt .*look-first`))
      expect(stdout).toContain('77')
      expect((await runCommand([...words, '--only', 'again', '-o', 'ids'], { input })).stdout).toBe('')
    }
  },
)

test('a response that is cut off in its gzip data is in doubt', async () => {
  const zipped = gzipSync('{"code":0,"requestId":6}')
  const { stdout, stderr, status } = await runCommand(['read'], { input: zipped.subarray(0, -4) })
  expect([stdout, status]).toEqual([expect.stringMatching(/6 +accepted/), 3])
  expect(stderr).toContain('in doubt: more tasks may be running')
})

test('without a task id it says that a task may be running', async () => {
  const { stderr } = await runCommand(['read'], { input: '{"code":0' })
  expect(stderr).toContain('in doubt: no task id found, but a task may be running')
})

describe('text', () => {
  test.each(['utf16le', 'utf8'] as const)('of ids can be %s with a byte order mark', async encoding => {
    const ids = file('bom.txt', Buffer.from('\ufeffins-1\n', encoding))
    const input = '{"code":0,"detail":{"ins-1":{"code":0,"requestId":1}}}'
    expect(await runCommand(['read', '-r', ids, '-'], { input })).toMatchObject({ status: 0 })
  })

  test('of ids in another encoding is a mistake: no id has a replacement character', async () => {
    const ids = file('latin.txt', Buffer.from([0x69, 0xe9, 0x0a]))
    expect(await runCommand(['read', '-r', ids, '-'])).toMatchObject({
      status: 64,
      stderr: expect.stringContaining('is neither UTF-8 nor UTF-16') as string,
    })
  })
})

test.each([
  ['an argument', ['rad\u001b[2J']],
  ['a value', ['read', '--format', '\u001b[2J']],
  ['a host', ['emulate', '--host', 'a\u001bb']],
])('no control character of %s reaches the terminal', async (_, words) => {
  const { status, stderr } = await runCommand(words)
  expect(status).toBe(64)
  expect(stderr).toContain('\\u001b')
  expect(stderr).not.toContain('\u001b')
})

test.runIf(existsSync('/dev/full'))(
  'says so if standard output can’t be written, and has the exit code 3',
  () => {
    const path = file('full.json', '{"code":0,"requestId":1}')
    for (const words of [`read '${path}'`, '--help']) {
      const { stderr, status } = spawnSync(
        'bash',
        ['-c', `'${process.execPath}' '${program}' ${words} > /dev/full`],
        { encoding: 'utf8' },
      )
      expect([stderr, status]).toEqual([
        expect.stringMatching(/(?:^|\n)error: cannot write standard output: ENOSPC\n$/),
        3,
      ])
    }
  },
)

test('without input it says so instead of waiting', () => {
  expect(runInTerminal(['read'])).toContain('no input: name a file')
})

test('the ids of --requested can be a JSON array', async () => {
  const ids = file('ids.json', '["ins-1","ins-2"]')
  const wrong = file('wrong.json', '["ins-1",2]')
  const input = '{"code":0,"detail":{"ins-1":{"code":0,"requestId":1}}}'
  expect((await runCommand(['read', '-r', ids, '-'], { input })).stdout).toContain('ins-2')
  expect(await runCommand(['read', '-r', wrong, '-'], { input })).toMatchObject({ status: 64 })
})

test('the emulator answers what read reads, until it gets a signal', async () => {
  const child = spawn(process.execPath, [program, 'emulate', '--reject', 'ins-2=5000'])
  const text = await new Promise<string>(resolve =>
    child.stdout.once('data', piece => resolve(String(piece))),
  )
  const endpoint = /^API 2.0: (\S+)$/m.exec(text)![1]!
  const url = `${endpoint}?Action=StartInstances&instanceIds.0=ins-1&instanceIds.1=ins-2`
  const input = await (await fetch(url)).text()
  expect(await runCommand(['read', '--only', 'rejected', '-o', 'ids'], { input })).toMatchObject({
    stdout: 'ins-2\n',
    status: 1,
  })
  const taken = await runCommand(['emulate', '--port', new URL(endpoint).port])
  expect(taken).toMatchObject({ status: 64, stderr: expect.stringContaining('cannot listen on') as string })
  const ended = new Promise<number | null>(resolve => child.on('close', resolve))
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
})

describe('completion', () => {
  const complete = async (...words: ReadonlyArray<string>): Promise<ReadonlyArray<string>> => {
    const { stdout: script } = await runCommand(['completion', 'bash'])
    const { stdout, stderr } = spawnSync(
      'bash',
      [
        '-c',
        `${script}\nCOMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _task_outcome; printf '%s\\n' "\${COMPREPLY[@]}"`,
        '-',
        ...words,
      ],
      { encoding: 'utf8' },
    )
    expect(stderr).toBe('')
    return stdout.trim().split('\n')
  }

  test('in bash completes commands, options and values', async () => {
    expect(await complete('task-outcome', 're')).toEqual(['read'])
    expect(await complete('task-outcome', 'read', '--o')).toEqual(['--only', '--output'])
    expect(await complete('task-outcome', 'read', '--only', 'a')).toEqual(['accepted', 'again'])
    expect(await complete('task-outcome', 'read', '-o', '')).toContain('ndjson')
    expect(await complete('task-outcome', 'completion', 'z')).toEqual(['zsh'])
    expect(await complete('task-outcome', 'read', 'x')).toEqual([''])
  })

  test.each([
    ['zsh', ['#compdef task-outcome', "'--only[print only the rows", ':value:(accepted rejected again ']],
    [
      'fish',
      ['complete -c task-outcome -n __fish_use_subcommand -f -a read -d', "-s o -l output -x -a 'table wide"],
    ],
  ])('in %s knows the same', async (shell, parts) => {
    const { stdout } = await runCommand(['completion', shell])
    for (const part of parts) expect(stdout).toContain(part)
  })
})
