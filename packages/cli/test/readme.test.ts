/** Runs every command in the README with what it says, and compares what is printed. */
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startEmulator } from '@task-outcome/emulator'
import { afterAll, expect, test } from 'vitest'
import { program } from './runCommand.js'

const readme = readFileSync(fileURLToPath(new URL('../README.md', import.meta.url)), 'utf8')

const folder = mkdtempSync(join(tmpdir(), 'task-outcome-'))
const emulator = await startEmulator({
  credentials: [{ secretId: 'AKIDEXAMPLE', secretKey: 'example' }],
  rejections: { 'ins-2': { code: 5000, message: '--reject ins-2=5000' } },
})
afterAll(async () => {
  await emulator.close()
  rmSync(folder, { recursive: true })
})
writeFileSync(join(folder, 'task-outcome'), `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`, {
  mode: 0o755,
})
for (const [, name, text] of readme.matchAll(/Save this as `([^`]+)`[^\n]*:\n\n```[^\n]*\n(.*?)```/gs))
  writeFileSync(join(folder, name!), text!)

const commands = Array.from(readme.matchAll(/^```console\n(.*?)^```/gms)).flatMap(([, block]) =>
  block!
    .split(/^\$ /m)
    .slice(1)
    .map(part => {
      const [command = '', ...printed] = part.split('\n')
      return [command, printed.join('\n')] as const
    }),
)

/** The emulator has another port than in the README. */
const run = (command: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const there = command.replaceAll('http://127.0.0.1:8080', emulator.url)
    const child = spawn('bash', ['-c', `exec 2>&1; ${there}`], {
      cwd: folder,
      env: {
        PATH: `${folder}:${process.env.PATH}`,
        TENCENTCLOUD_SECRET_ID: 'AKIDEXAMPLE',
        TENCENTCLOUD_SECRET_KEY: 'example',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.on('error', reject)
    child.on('close', () => resolve(output.replace(/Timestamp: \d+/, 'Timestamp: 1795769000')))
  })

test.each(commands)('prints what the README shows: %s', async (command, printed) => {
  expect(await run(command)).toBe(printed)
})

test('shows every command and option of its help', () => {
  const help = (words: ReadonlyArray<string>) =>
    execFileSync(process.execPath, [program, ...words, '--help'], { encoding: 'utf8' })
  const names = Array.from(help([]).matchAll(/^ {2}([a-z]+) .*$/gm), ([, name]) => name!)
  for (const name of names.filter(name => name !== 'help')) expect(readme).toContain(`task-outcome ${name}`)
  for (const command of ['read', 'wait', 'follow', 'submit'])
    for (const [flag] of help([command]).matchAll(/--(?!help)[a-z-]+/g)) expect(readme).toContain(flag)
})
