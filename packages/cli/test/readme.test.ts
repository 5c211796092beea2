/** Runs every command in the README with what it says, and compares what is printed. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { program } from './runCommand.js'

const readme = readFileSync(fileURLToPath(new URL('../README.md', import.meta.url)), 'utf8')

const folder = mkdtempSync(join(tmpdir(), 'task-outcome-'))
afterAll(() => rmSync(folder, { recursive: true }))
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

test.each(commands)('prints what the README shows: %s', (command, printed) => {
  const { stdout } = spawnSync('bash', ['-c', `exec 2>&1; ${command}`], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: `${folder}:${process.env.PATH}` },
  })
  expect(stdout).toBe(printed)
})

test('shows every command and option of its help', () => {
  const help = (words: ReadonlyArray<string>) =>
    execFileSync(process.execPath, [program, ...words, '--help'], { encoding: 'utf8' })
  const names = Array.from(help([]).matchAll(/^ {2}([a-z]+) .*$/gm), ([, name]) => name!)
  for (const name of names.filter(name => name !== 'help')) expect(readme).toContain(`task-outcome ${name}`)
  for (const [flag] of help(['read']).matchAll(/--(?!help)[a-z-]+/g)) expect(readme).toContain(flag)
})
