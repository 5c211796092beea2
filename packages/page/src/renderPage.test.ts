import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { PageData } from './PageData.js'
import { renderPage } from './renderPage.js'

const data: PageData = {
  version: 1,
  title: 'A </title><script>alert(1)</script> & "night" \u202e',
  rows: [
    {
      state: 'rejected',
      resource: '</script>',
      task: '9007199254740993123',
      code: 5100,
      reason: 'busy \ud800',
      message: '',
      again: 'look-first',
      entry: '{}',
      rounds: [{ state: 'rejected', code: undefined, reason: '', message: '', atMs: 1 }],
    },
  ],
  inDoubt: false,
  notes: ['a note'],
  responses: [
    {
      source: '',
      error: 'broken',
      issues: [{ message: 'expected', line: 1, column: 2, excerpt: 'x\n^' }],
      recovered: [{ task: '1', resource: 'a', code: 0 }],
      text: 'x',
    },
  ],
}

const elements = (html: string, name: string): ReadonlyArray<string> =>
  Array.from(html.matchAll(new RegExp(`<${name}[^>]*>([^]*?)</${name}>`, 'g')), ([, text = '']) => text)

describe('renderPage', () => {
  const html = renderPage(data)

  test('puts the data in as it is, with every digit and every character', () => {
    const [packed = ''] = elements(html, 'script')
    const read: unknown = JSON.parse(gunzipSync(Buffer.from(packed, 'base64')).toString())
    expect(read).toEqual(JSON.parse(JSON.stringify(data)))
    expect(packed).toMatch(/^[\w+/=]+$/)
  })

  test('escapes the title, and shows its invisible characters', () => {
    expect(elements(html, 'title')).toEqual([
      'A &#60;/title&#62;&#60;script&#62;alert(1)&#60;/script&#62; &#38; &#34;night&#34; \\u202e',
    ])
  })

  test('allows its own script and style alone, by their hashes', () => {
    const [, script = ''] = elements(html, 'script')
    const [style = ''] = elements(html, 'style')
    const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
    expect(script.length).toBeGreaterThan(1000)
    expect(html).toContain(
      `content="default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"`,
    )
    expect(elements(html, 'script')).toHaveLength(2)
  })

  test('says how everything stands without a script too', () => {
    expect(elements(html, 'p')[0]).toBe('Nothing has succeeded. 1 rejected.')
  })

  test('leaves out times that are no numbers', () => {
    const rows = data.rows.map(row => ({ ...row, submittedAtMs: NaN, endedAtMs: Infinity }))
    const [packed = ''] = elements(renderPage({ ...data, rows }), 'script')
    const read: unknown = JSON.parse(gunzipSync(Buffer.from(packed, 'base64')).toString())
    expect(read).toEqual(JSON.parse(JSON.stringify(data)))
  })

  test('gives the same file for the same data', () => {
    expect(renderPage(data)).toBe(html)
  })

  test('weighs less than 60 kB without data, of the 150 kB that it may', () => {
    expect(renderPage({ ...data, title: '', rows: [], responses: [] }).length).toBeLessThan(60_000)
  })
})

describe('the codec PageData', () => {
  test('reads what was stored, and gives the same again', () => {
    const stored: unknown = JSON.parse(JSON.stringify(data))
    const read = PageData.decode(stored)
    expect(read).toMatchObject({ _tag: 'Right' })
    expect(read._tag === 'Right' && JSON.parse(JSON.stringify(PageData.encode(read.right)))).toEqual(stored)
  })

  test.each([
    ['another version', { ...data, version: 2 }],
    ['an unknown state', { ...data, rows: [{ ...data.rows[0], state: 'lost' }] }],
    ['an id that is a number', { ...data, rows: [{ ...data.rows[0], task: 17 }] }],
    ['no rows', { ...data, rows: undefined }],
  ])('rejects %s', (_, value) => {
    expect(PageData.decode(value)._tag).toBe('Left')
  })
})
