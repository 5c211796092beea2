import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { plainEnvironment, run, start } from './command.ts'

test('returns the output of a command', async () => {
  expect(await run(tmpdir(), [process.execPath, '-p', '1 + 1'])).toEqual({ stdout: '2\n', stderr: '' })
})

test('reports the folder, the command and the output of a command that fails', async () => {
  const code = "console.log('before'); console.error('why'); process.exitCode = 3"
  const failure = run(tmpdir(), [process.execPath, '-e', code])
  for (const part of [tmpdir(), code, 'before', 'why']) await expect(failure).rejects.toThrow(part)
})

test('returns the first line of a program that keeps running, and ends the program when it is stopped', async () => {
  const code = "console.log('one'); console.log('two'); setInterval(() => {}, 1000)"
  const program = await start(tmpdir(), [process.execPath, '-e', code])
  expect(program.firstLine).toBe('one')
  await program.stop()
})

test('fails with the output of a program that ends before its first line', async () => {
  const code = "process.stderr.write('why'); process.exitCode = 3"
  await expect(start(tmpdir(), [process.execPath, '-e', code])).rejects.toThrow('why')
})

test('passes on no variables of npm scripts or test runners', () => {
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
