import { describe, expect, test } from 'vitest'
import type { PageRow } from '../PageData.js'
import { rowStates } from '../RowState.js'
import { toCsv, toJson, toLines } from './exportRows.js'
import { everything, formatSelection, parseSelection, searchText, select, sortRows } from './Selection.js'
import { countStates, sentenceOf } from './sentence.js'
import { describeTimeline, fraction, showDuration, showTime, timelineOf } from './Timeline.js'
import { isVisible, visible, visibleParts } from './visible.js'

const row = (part: Partial<PageRow>): PageRow => ({
  state: 'accepted',
  reason: '',
  message: '',
  again: 'no',
  ...part,
})

describe('the sentence', () => {
  const of = (states: ReadonlyArray<PageRow['state']>, inDoubt = false): string =>
    sentenceOf({ rows: states.map(state => row({ state })), inDoubt })

  test.each([
    [[], 'No task was found.'],
    [['succeeded', 'succeeded'], 'All has succeeded. 2 succeeded.'],
    [['accepted'], 'All was accepted: the tasks may be running. 1 accepted.'],
    [['accepted', 'succeeded'], 'Nothing has failed. 1 accepted, 1 succeeded.'],
    [
      ['rejected', 'failed', 'not-submitted'],
      'Nothing has succeeded. 1 rejected, 1 failed, 1 not submitted.',
    ],
    [['rejected', 'succeeded'], '1 of 2 did not succeed. 1 rejected, 1 succeeded.'],
    [['in-progress', 'in-progress'], 'All tasks are in progress. 2 in progress.'],
    [['in-progress', 'rejected'], '1 of 2 is in progress. 1 rejected, 1 in progress.'],
    [['in-progress', 'in-progress', 'failed'], '2 of 3 are in progress. 1 failed, 2 in progress.'],
    [
      ['missing', 'succeeded'],
      '1 of 2 is in doubt: look it up before you send it again. 1 missing, 1 succeeded.',
    ],
    [
      ['given-up', 'in-doubt', 'rejected'],
      '2 of 3 are in doubt: look them up before you send them again. 1 in doubt, 1 given up, 1 rejected.',
    ],
    [
      ['in-doubt'],
      'All of it is in doubt: tasks may be running, so look before you send anything again. 1 in doubt.',
    ],
  ] as const)('of %j is: %s', (states, sentence) => {
    expect(of(states)).toBe(sentence)
  })

  test('never says that all is well if a response is broken', () => {
    expect(of(['succeeded'], true)).toBe(
      'It is in doubt: more tasks may be running than this page knows. 1 succeeded.',
    )
    expect(of(['succeeded', 'in-doubt'], true)).toBe(
      '1 of 2 is in doubt: look it up before you send it again. More tasks may be running than this page knows. 1 in doubt, 1 succeeded.',
    )
    expect(of([], true)).toBe('It is in doubt: more tasks may be running than this page knows.')
  })

  test('counts what can be sent again', () => {
    const rows = [row({ state: 'rejected', again: 'yes' })]
    expect(sentenceOf({ rows, inDoubt: false })).toBe(
      'Nothing has succeeded. 1 rejected. 1 can be sent again.',
    )
  })

  test('counts each state', () => {
    const counts = countStates([row({}), row({ state: 'failed' }), row({})])
    expect(counts).toMatchObject({ accepted: 2, failed: 1, rejected: 0 })
    expect(Object.keys(counts)).toEqual(rowStates)
  })
})

describe('a selection', () => {
  test.each([
    [everything, ''],
    [
      { states: ['failed', 'rejected'], again: true, search: 'a&b=c#d é,', row: 7 },
      'state=rejected,failed&again=yes&search=a%26b%3Dc%23d+%C3%A9,&row=7',
    ],
  ] as const)('is written to a link and read again', (selection, hash) => {
    expect(formatSelection(selection)).toBe(hash)
    const read = parseSelection(`#${hash}`)
    expect({ ...read, states: new Set(read.states) }).toEqual({
      ...selection,
      states: new Set(selection.states),
    })
  })

  test('ignores what it does not understand', () => {
    expect(parseSelection('#state=x,__proto__&again=no&row=-1&search')).toEqual(everything)
    expect(parseSelection('#row=1e3')).toEqual(everything)
  })

  const rows = [
    row({ state: 'succeeded', resource: 'INS-1' }),
    row({ state: 'in-doubt', task: '9007199254740993123' }),
    row({ state: 'rejected', code: 5100, again: 'yes', message: 'busy', reason: 'failed', source: 'line 3' }),
    row({ state: 'succeeded', resource: 'ins-2' }),
  ]
  const sorted = sortRows(rows)
  const texts = rows.map(searchText)
  const chosen = (part: Partial<typeof everything>) => select(rows, texts, sorted, { ...everything, ...part })

  test('shows what is in doubt first, and else keeps the order', () => {
    expect(sorted).toEqual([1, 2, 0, 3])
    expect(chosen({})).toEqual(sorted)
  })

  test('filters by states, by what can be sent again, and by a text in any case', () => {
    expect(chosen({ states: ['succeeded'] })).toEqual([0, 3])
    expect(chosen({ states: ['succeeded', 'in-doubt'] })).toEqual([1, 0, 3])
    expect(chosen({ again: true })).toEqual([2])
    expect(chosen({ search: ' iNs- ' })).toEqual([0, 3])
    expect(chosen({ search: '0993123' })).toEqual([1])
    expect(chosen({ search: '5100' })).toEqual([2])
    expect(chosen({ search: 'line 3' })).toEqual([2])
    expect(chosen({ states: ['succeeded'], search: 'busy' })).toEqual([])
  })

  test('skips an index that no row has', () => {
    expect(select(rows, texts, [9], everything)).toEqual([])
  })
})

describe('exports', () => {
  const rows = [
    row({ resource: 'a,"b"', task: '9007199254740993123', message: 'two\nlines' }),
    row({
      state: 'rejected',
      code: -8000,
      resource: '=1+1',
      reason: '@SUM(A1)',
      again: 'yes',
      source: 'line 2',
    }),
  ]

  test('CSV follows RFC 4180, and a spreadsheet computes nothing of it', () => {
    expect(toCsv(rows)).toBe(
      'source,state,resource,task,code,reason,message,again\r\n' +
        ',accepted,"a,""b""",9007199254740993123,,,"two\nlines",no\r\n' +
        "line 2,rejected,'=1+1,,-8000,'@SUM(A1),,yes\r\n",
    )
  })

  test('JSON has ids as text, null for what is not known, and no invisible character', () => {
    const text = toJson([...rows, row({ resource: '\u202e', submittedAtMs: 1, endedAtMs: 2 })])
    expect(text).toContain('"task": "9007199254740993123"')
    expect(isVisible(text.replaceAll('\n', ''))).toBe(true)
    const { rows: read } = JSON.parse(text) as {
      readonly rows: ReadonlyArray<Readonly<Record<string, unknown>>>
    }
    expect(read[0]).toEqual({
      source: '',
      state: 'accepted',
      resource: 'a,"b"',
      task: '9007199254740993123',
      code: null,
      reason: '',
      message: 'two\nlines',
      again: 'no',
    })
    expect(read[2]).toMatchObject({ resource: '\u202e', submittedAtMs: 1, endedAtMs: 2 })
  })

  test('lines have each id once, and none that a line can not hold', () => {
    expect(toLines(['b', 'a', undefined, 'b', 'x\ny'])).toEqual({ text: 'b\na\n', copied: 2, left: 1 })
  })
})

describe('a timeline', () => {
  const rows = [
    row({ submittedAtMs: 1000, endedAtMs: 5000 }),
    row({ submittedAtMs: 2000, endedAtMs: 3000 }),
    row({ submittedAtMs: 500 }),
    row({}),
  ]

  test('goes from the first submission to the last end', () => {
    expect(timelineOf(rows)).toEqual({ fromMs: 500, toMs: 5000, ends: [3000, 5000] })
  })

  test('is unknown if no end is', () => {
    expect(timelineOf([row({ submittedAtMs: 1 })])).toBeUndefined()
  })

  test('places each time between its ends', () => {
    const timeline = { fromMs: 0, toMs: 10, ends: [] }
    expect([-1, 0, 5, 10, 11].map(at => fraction(timeline, at))).toEqual([0, 0, 0.5, 1, 1])
    expect(fraction({ ...timeline, toMs: 0 }, 0)).toBe(1)
  })

  test('says in words what the curve shows', () => {
    const timeline = timelineOf(rows)
    expect(timeline && describeTimeline(timeline, 4)).toBe(
      '2 of 4 ended between 1970-01-01 00:00:00 UTC and 1970-01-01 00:00:05 UTC; half of these after 2.5 s.',
    )
    expect(describeTimeline({ fromMs: 0, toMs: 0, ends: [] }, 0)).toContain('half of these after 0 ms')
  })

  test.each([
    [950, '950 ms'],
    [12_340, '12.3 s'],
    [250_000, '4 min 10 s'],
    [7_500_000, '2 h 5 min'],
  ])('shows %d ms as %s', (durationMs, text) => {
    expect(showDuration(durationMs)).toBe(text)
  })

  test('shows no time that there is not', () => {
    expect(showTime(Infinity)).toBe('unknown')
  })
})

describe('invisible characters', () => {
  test('become escapes, so that different ids look different', () => {
    expect(visible('a\u202eb\u0000\ud800\u{e0041}')).toBe('a\\u202eb\\u0000\\ud800\\udb40\\udc41')
    expect(visibleParts('a\u202eb')).toEqual(['a', '\\u202e', 'b'])
    expect(visible('数据 🙂 é')).toBe('数据 🙂 é')
  })
})
