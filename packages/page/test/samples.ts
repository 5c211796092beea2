/**
 * The data of pages: for tests, screenshots and measurements.
 */
import { decodeBatchTask } from '@task-outcome/core'
import { type PageData, type PageRow, pageOfOutcome } from '@task-outcome/page'

const begin = Date.UTC(2026, 10, 27, 1, 0, 0)

/** 300 resources at night: most have succeeded, some of each other sort. */
export const night = (count = 300): PageData => ({
  version: 1,
  title: 'StartInstances, 27 November 2026',
  rows: Array.from({ length: count }, (_, index) => rowAt(index)),
  inDoubt: false,
  notes: ['The time was over before all had ended.'],
  responses: [],
})

const rowAt = (index: number): PageRow => {
  const resource = `ins-${String(index + 1).padStart(5, '0')}`
  const task = String(9007199254740993000n + BigInt(index))
  const entry = `{ "code": 0, "message": "", "requestId": ${task} }`
  const submittedAtMs = begin + (index % 10) * 900
  const endedAtMs = submittedAtMs + 4000 + ((index * 7919) % 1000) * 240
  const known = { resource, task, reason: '', message: '', again: 'no', entry, submittedAtMs } as const
  switch (index % 50) {
    case 3:
      return {
        state: 'rejected',
        resource,
        code: 5100,
        reason: 'operation on the resource failed',
        message: '(10011)instance is busy',
        again: 'yes',
        entry: `{ "code": 5100, "message": "(10011)instance is busy" }`,
        rounds: [1, 2].map(round => ({
          state: 'rejected',
          code: 5100,
          reason: 'operation on the resource failed',
          message: '(10011)instance is busy',
          atMs: begin + round * 60_000,
        })),
      }
    case 4:
      return {
        state: 'rejected',
        resource,
        code: 5000,
        reason: 'no such resource',
        message: '(10012)instance not found',
        again: 'no',
        entry: `{ "code": 5000, "message": "(10012)instance not found" }`,
      }
    case 11:
      return {
        ...known,
        state: 'failed',
        again: 'unknown',
        reason: '{"code":7,"message":"the disk is full"}',
        endedAtMs,
      }
    case 17:
      return index % 100 === 17
        ? { ...known, state: 'in-doubt', again: 'look-first', reason: 'the query was rejected' }
        : {
            state: 'missing',
            resource,
            reason: 'requested, but not in the response',
            message: '',
            again: 'look-first',
          }
    case 23:
      return {
        ...known,
        state: 'given-up',
        again: 'look-first',
        reason: 'queried as often as the policy allows',
      }
    case 31:
    case 32:
      return { ...known, state: 'in-progress', again: 'look-first' }
    default:
      return { ...known, state: 'succeeded', endedAtMs }
  }
}

const brokenBody = `{
  "code": 0,
  "detail": {
    "ins-1": { "code": 0, "requestId": 9007199254740993123 }
    "ins-2": { "code": 0, "requestId": 6356503 }
  }
}`

/** A body with a missing comma. */
export const broken = (): PageData =>
  pageOfOutcome(decodeBatchTask(brokenBody), {
    title: 'A broken response',
    body: brokenBody,
    requested: ['ins-1', 'ins-2', 'ins-3'],
  })

/** Names and messages that try to become markup, script, attributes, formulas and text of another direction. */
export const hostileTexts = [
  '</script><script>globalThis.hacked = true</script>',
  '<img src=x onerror="globalThis.hacked = true">',
  '<!--<script>globalThis.hacked = true',
  '"><svg onload=globalThis.hacked=true>',
  'javascript:globalThis.hacked=true',
  '\u202egnp.exe\u202c',
  'a\u0000b\u0007c\u001b[31md',
  'zero\u200bwidth\u{e0041}tag',
  'lone \ud800 surrogate',
  'line\nbreak\ttab',
  '=HYPERLINK("http://127.0.0.1/")',
  '__proto__',
] as const

export const hostile = (): PageData => ({
  version: 1,
  title: hostileTexts.join(' '),
  rows: hostileTexts.map((text, index) => ({
    source: text,
    state: index % 2 === 0 ? 'rejected' : 'in-doubt',
    resource: text,
    ...(index % 2 === 0 ? { again: 'yes' } : { again: 'look-first', task: text }),
    code: text,
    reason: text,
    message: text,
    entry: text,
    rounds: [{ state: 'rejected', code: text, reason: text, message: text }],
  })),
  inDoubt: true,
  notes: [...hostileTexts],
  responses: hostileTexts.map(text => ({
    source: text,
    error: text,
    issues: [{ message: text, pointer: text, line: 1, column: 2, excerpt: `${text.replace('\n', ' ')}\n ^` }],
    recovered: [{ task: text, resource: text, code: text }],
    text,
  })),
})
