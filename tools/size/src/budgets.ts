/**
 * What each part may weigh, minified and gzipped. Peers are not counted, nor is core in the packages that stand on it.
 */
export interface Budget {
  readonly part: string
  readonly program: string
  readonly maxBytes: number
  readonly leftOut?: ReadonlyArray<string>
}

const all = (name: string): string => `export * from '@task-outcome/${name}'`

const only = (...names: ReadonlyArray<string>): string =>
  `export { ${names.join(', ')} } from '@task-outcome/core'`

const core = '@task-outcome/core'

export const budgets: ReadonlyArray<Budget> = [
  {
    part: '`@task-outcome/core`, all of it',
    program: ['core', 'core/adapter', 'core/codec', 'core/json', 'core/wire'].map(all).join('\n'),
    maxBytes: 30_100,
  },
  { part: '… `decodeOrdinaryTask` alone', program: only('decodeOrdinaryTask'), maxBytes: 10_500 },
  { part: '… `decodeBatchTask` alone', program: only('decodeBatchTask'), maxBytes: 11_100 },
  {
    part: '… both decoders and `showTaskError`',
    program: only('decodeOrdinaryTask', 'decodeBatchTask', 'showTaskError'),
    maxBytes: 13_600,
  },
  { part: '… `decodeTaskStatus` alone', program: only('decodeTaskStatus'), maxBytes: 10_300 },
  { part: '… `showTaskError` alone', program: only('showTaskError'), maxBytes: 2_400 },
  { part: '… the codec `BatchOutcome` alone', program: only('BatchOutcome'), maxBytes: 1_250 },
  { part: '… `TaskId` alone', program: only('TaskId'), maxBytes: 200 },
  { part: '`@task-outcome/axios`', program: all('axios'), maxBytes: 4_000, leftOut: [core] },
  { part: '`@task-outcome/fetch`', program: all('fetch'), maxBytes: 2_600, leftOut: [core] },
  {
    part: '`@task-outcome/wait` with retry-ts',
    program: all('wait'),
    maxBytes: 20_600,
    leftOut: [core],
  },
  {
    part: '… `waitForBatch` alone',
    program: `export { waitForBatch } from '@task-outcome/wait'`,
    maxBytes: 11_100,
    leftOut: [core],
  },
  {
    part: '`@task-outcome/tencentcloud` with @noble/hashes, without its services',
    program: all('tencentcloud'),
    maxBytes: 14_600, // 200 of them for `onOutcome`
    leftOut: [core],
  },
  { part: '… all its services', program: all('tencentcloud/services'), maxBytes: 10_500, leftOut: [core] },
  {
    part: '… one service, `clb`',
    program: `export { clb } from '@task-outcome/tencentcloud/services'`,
    maxBytes: 800,
    leftOut: [core],
  },
  {
    part: 'an application with `@task-outcome/fetch` and its core',
    program: `export { createFetchTaskClient, showTaskError } from '@task-outcome/fetch'`,
    maxBytes: 27_600,
  },
]
