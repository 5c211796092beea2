import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { PageData } from '@task-outcome/page'
import { afterAll, describe, expect, test } from 'vitest'
import { runCommand } from './runCommand.js'

const folder = mkdtempSync(join(tmpdir(), 'task-outcome-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** The data that a page holds. */
const dataOf = (html: string): unknown => {
  const [, data = ''] = /<script type="application\/gzip\+base64" id="data">([^<]*)</.exec(html) ?? []
  return JSON.parse(String(gunzipSync(Buffer.from(data, 'base64'))))
}

const partial =
  '{"code":5400,"detail":{"ins-1":{"code":0,"requestId":9007199254740993123},"ins-2":{"code":5100}}}'

describe('a page', () => {
  test('has each resource of a response, with its entry', async () => {
    const output = join(folder, 'out.html')
    const file = join(folder, 'in.json')
    writeFileSync(file, partial)
    const { stdout, stderr, status } = await runCommand(['page', file, '-o', output])
    expect([stdout, stderr, status]).toEqual([
      '',
      `1 accepted, 1 rejected; 1 can be sent again\nwrote ${output}\n`,
      1,
    ])
    const data = dataOf(readFileSync(output, 'utf8'))
    expect(PageData.is(data)).toBe(true)
    expect(data).toMatchObject({
      title: 'in.json',
      inDoubt: false,
      rows: [
        {
          resource: 'ins-1',
          state: 'accepted',
          task: '9007199254740993123',
          entry: '{"code":0,"requestId":9007199254740993123}',
        },
        { resource: 'ins-2', state: 'rejected', again: 'yes', entry: '{"code":5100}' },
      ],
    })
  })

  test('has what is wrong with a broken response, where, and the ids that could be read', async () => {
    const input = '{"code":0,"detail":{"ins-1":{"code":0,"requestId":17} "ins-2":1}}'
    const { stdout, status } = await runCommand(['page', '-o', '-', '--title', 'broken <b>'], { input })
    expect(status).toBe(3)
    expect(dataOf(stdout)).toMatchObject({
      title: 'broken <b>',
      inDoubt: true,
      responses: [{ issues: [{ line: 1 }], recovered: [{ task: '17' }], text: input }],
    })
  })

  test('has the entries of each of many responses', async () => {
    const { stdout } = await runCommand(['page', '-o', '-'], {
      input: `${partial}\n{"code":0,"requestId":5}`,
    })
    expect(dataOf(stdout)).toMatchObject({
      title: 'standard input',
      rows: [
        { source: 'line 1', resource: 'ins-1', entry: expect.any(String) as string },
        { source: 'line 1', resource: 'ins-2' },
        { source: 'line 2', task: '5' },
      ],
    })
  })

  test('offers no resource again that may have a task by another response', async () => {
    const input = `${partial}\n{"code":0,"detail":{"ins-2":{"code":0,"requestId":9}}}`
    const { stdout } = await runCommand(['page', '-o', '-'], { input })
    expect(dataOf(stdout)).toMatchObject({
      rows: [{}, { resource: 'ins-2', state: 'rejected', again: 'look-first' }, { task: '9' }],
    })
  })

  test.each(['json', 'ndjson'])('can be made of what was printed with -o %s', async format => {
    const printed = await runCommand(['read', '-o', format], { input: partial })
    const { stdout, status } = await runCommand(['page', '-o', '-'], { input: printed.stdout })
    expect(status).toBe(1)
    expect(dataOf(stdout)).toMatchObject({
      inDoubt: false,
      rows: [{ task: '9007199254740993123' }, { resource: 'ins-2' }],
    })
  })

  test('has missing resources if it is told what was requested', async () => {
    const requested = join(folder, 'ids.txt')
    writeFileSync(requested, 'ins-1\nins-2\nins-3\n')
    const { stdout, status } = await runCommand(['page', '-r', requested, '-o', '-'], { input: partial })
    expect(status).toBe(3)
    expect(dataOf(stdout)).toMatchObject({
      rows: expect.arrayContaining([
        expect.objectContaining({ resource: 'ins-3', state: 'in-doubt' }),
      ]) as unknown[],
    })
  })

  test('has no text of a broken HTTP archive, which has cookies and signatures', async () => {
    const input = '{"log":{"version":"1.2","entries":[{"request":{"cookies":[{"value":"s3cret'
    const { stdout, status } = await runCommand(['page', '-o', '-'], { input })
    expect(status).toBe(3)
    expect(JSON.stringify(dataOf(stdout))).not.toContain('s3cret')
  })

  test.each([
    ['a directory', folder, 'it is a directory; name a file in it'],
    ['a missing directory', join(folder, 'no', 'out.html'), 'there is no such directory; make it first'],
  ])('can’t be written to %s', async (_, output, message) => {
    const { stderr, status } = await runCommand(['page', '-o', output], { input: partial })
    expect([status, stderr]).toEqual([64, expect.stringContaining(message)])
  })
})
