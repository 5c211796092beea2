/**
 * When tasks began and ended.
 *
 * @internal
 */
import type { PageRow } from '../PageData.js'

export interface Timeline {
  readonly fromMs: number
  readonly toMs: number
  /** The times of all ends, in order. */
  readonly ends: ReadonlyArray<number>
}

/** Returns `undefined` if no end is known. */
export const timelineOf = (rows: ReadonlyArray<PageRow>): Timeline | undefined => {
  const ends = rows.flatMap(({ endedAtMs }) => endedAtMs ?? []).sort((a, b) => a - b)
  const first = ends[0]
  if (first === undefined) return undefined
  const fromMs = rows.reduce((least, { submittedAtMs = least }) => Math.min(least, submittedAtMs), first)
  const toMs = rows.reduce((most, { endedAtMs = most }) => Math.max(most, endedAtMs), first)
  return { fromMs, toMs, ends }
}

/** Where a time is between the first and the last: from 0 to 1. */
export const fraction = ({ fromMs, toMs }: Timeline, atMs: number): number =>
  toMs === fromMs ? 1 : Math.min(Math.max((atMs - fromMs) / (toMs - fromMs), 0), 1)

/** Such as `2026-11-27 10:00:01 UTC`: the same for everybody who looks at the page. */
export const showTime = (atMs: number): string => {
  const date = new Date(atMs)
  return Number.isNaN(date.getTime())
    ? 'unknown'
    : `${date
        .toISOString()
        .replace('T', ' ')
        .replace(/\.\d+Z$/, '')} UTC`
}

/** Such as `950 ms`, `12.3 s`, `4 min 10 s` or `2 h 5 min`. */
export const showDuration = (durationMs: number): string => {
  if (durationMs < 1000) return `${Math.round(durationMs)} ms`
  if (durationMs < 60_000) return `${(durationMs / 1000).toFixed(1)} s`
  const seconds = Math.round(durationMs / 1000)
  return seconds < 3600
    ? `${Math.floor(seconds / 60)} min ${seconds % 60} s`
    : `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`
}

/** What the curve shows, in words. */
export const describeTimeline = (timeline: Timeline, total: number): string => {
  const { ends, fromMs, toMs } = timeline
  const half = ends[Math.ceil(ends.length / 2) - 1] ?? toMs
  return `${ends.length} of ${total} ended between ${showTime(fromMs)} and ${showTime(toMs)}; half of these after ${showDuration(half - fromMs)}.`
}
