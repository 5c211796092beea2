import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createProject } from './Project.ts'

const scratch = mkdtempSync(join(tmpdir(), 'task-outcome-project-'))
afterAll(() => rmSync(scratch, { recursive: true }))

test('a package that was installed is there for the programs of the project, and named in its manifest', async () => {
  const dependency = createProject(join(scratch, 'dependency'))
  dependency.write('package.json', JSON.stringify({ name: 'one', version: '1.0.0', main: 'lib/one.js' }))
  dependency.write('lib/one.js', 'module.exports = 1')

  const project = createProject(join(scratch, 'project'), { ...process.env, npm_config_offline: 'true' })
  await project.install('../dependency')
  project.write('program.js', "console.log(require('one'), process.env.MORE)")
  const { stdout } = await project.runNode(process.execPath, ['program.js'], { MORE: 'more' })

  expect(stdout).toBe('1 more\n')
  expect(JSON.parse(project.read('package.json'))).toEqual({ dependencies: { one: 'file:../dependency' } })
})
