/**
 * Which task is due next.
 *
 * A task is due at a time, if a policy decides it, or at an age, if the durations of others do. What is expected of an age changes
 * whenever a task ends, and with it the time at which every task is due; but not their order. So the schedule has one queue by
 * time and one by age: in that, a task is at the age from which its next query is counted.
 *
 * A schedule is linear: the functions change it in place, so it belongs to one state alone. A persistent queue would copy a
 * path of its tree for each query. It is made of typed arrays, by the key of a task: a wait can have a million tasks, and
 * numbers in objects take twice the memory.
 *
 * @internal
 */
import type { TaskKey } from './Tasks.js'

export interface Schedule {
  readonly byTime: Queue
  readonly byAge: Queue
  /** When a task is due, or the age from which its next query is counted. */
  readonly at: Float64Array
  /** From when on a query of another task can take a task of the queue by time along. At most `at`. */
  readonly earlyAtMs: Float64Array
  /** Of tasks that are due at the same time, the one added first is first. */
  readonly turn: Float64Array
  /** How many tasks were ever added. */
  turns: number
}

/** A binary heap: the entry at n is not after those at 2n + 1 and 2n + 2. */
export interface Queue {
  readonly keys: Int32Array
  size: number
}

/** @param tasks - how many tasks there are; their keys are below */
export const emptySchedule = (tasks: number): Schedule => ({
  byTime: { keys: new Int32Array(tasks), size: 0 },
  byAge: { keys: new Int32Array(tasks), size: 0 },
  at: new Float64Array(tasks),
  earlyAtMs: new Float64Array(tasks),
  turn: new Float64Array(tasks),
  turns: 0,
})

export const addAtTime = (schedule: Schedule, key: TaskKey, dueAtMs: number, earlyAtMs: number): void => {
  schedule.earlyAtMs[key] = earlyAtMs
  add(schedule, schedule.byTime, key, dueAtMs)
}

export const addAtAge = (schedule: Schedule, key: TaskKey, ageMs: number): void => {
  add(schedule, schedule.byAge, key, ageMs)
}

/** Returns the first task and leaves it in the queue. */
export const firstIn = ({ keys, size }: Queue): TaskKey | undefined => (size === 0 ? undefined : keys[0])

/* eslint-disable @typescript-eslint/no-non-null-assertion -- indexes are within the arrays */

const add = (schedule: Schedule, queue: Queue, key: TaskKey, at: number): void => {
  schedule.at[key] = at
  schedule.turn[key] = schedule.turns++
  const { keys } = queue
  let index = queue.size++
  while (index > 0) {
    const parent = (index - 1) >>> 1
    const other = keys[parent]!
    if (!isBefore(schedule, key, other)) break
    keys[index] = other
    index = parent
  }
  keys[index] = key
}

/** Removes the first task of a queue that is not empty. */
export const removeFirst = (schedule: Schedule, queue: Queue): void => {
  const { keys } = queue
  const size = --queue.size
  const key = keys[size]!
  let index = 0
  for (;;) {
    let child = 2 * index + 1
    if (child >= size) break
    if (child + 1 < size && isBefore(schedule, keys[child + 1]!, keys[child]!)) child++
    if (!isBefore(schedule, keys[child]!, key)) break
    keys[index] = keys[child]!
    index = child
  }
  keys[index] = key
}

const isBefore = ({ at, turn }: Schedule, one: TaskKey, other: TaskKey): boolean =>
  at[one]! < at[other]! || (at[one] === at[other] && turn[one]! < turn[other]!)
