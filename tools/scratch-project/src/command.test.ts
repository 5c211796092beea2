import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { plainEnvironment, run, start } from './command.ts'

test('a command gives what it said', async () => {
  expect(await run(tmpdir(), [process.execPath, '-p', '1 + 1'])).toEqual({ stdout: '2\n', stderr: '' })
})

test('a command that fails tells where, which, and what it said', async () => {
  const code = "console.log('before'); console.error('why'); process.exitCode = 3"
  const failure = run(tmpdir(), [process.execPath, '-e', code])
  for (const part of [tmpdir(), code, 'before', 'why']) await expect(failure).rejects.toThrow(part)
})

test('a program that runs on gives its first line, and ends when it is stopped', async () => {
  const code = "console.log('one'); console.log('two'); setInterval(() => {}, 1000)"
  const program = await start(tmpdir(), [process.execPath, '-e', code])
  expect(program.firstLine).toBe('one')
  await program.stop()
})

test('a program that ends before its first line fails with what it said', async () => {
  const code = "process.stderr.write('why'); process.exitCode = 3"
  await expect(start(tmpdir(), [process.execPath, '-e', code])).rejects.toThrow('why')
})

test('what a script of npm or a test runner sets is not passed on', () => {
  expect(
    plainEnvironment({
      PATH: '/bin',
      npm_config_registry: 'kept',
      npm_config_local_prefix: '/a',
      npm_package_name: 'a',
      npm_lifecycle_event: 'a',
      NODE_OPTIONS: '--import a',
      VITEST: 'true',
    }),
  ).toEqual({ PATH: '/bin', npm_config_registry: 'kept' })
})
