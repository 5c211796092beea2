/**
 * Which item is due next.
 *
 * A schedule is linear: `addDue` and `removeEarliest` change it in place, so it belongs to one state alone. A persistent queue
 * would copy a path of its tree for each query.
 *
 * @internal
 */
import { Heap } from 'heap-js'

export interface Schedule<A> {
  readonly entries: Heap<Due<A>>
  /** How many items were ever added. */
  turns: number
}

export interface Due<A> {
  readonly item: A
  readonly dueAtMs: number
  /** From when on a query of another task can take the item along. At most `dueAtMs`. */
  readonly earlyAtMs: number
  /** Of items that are due at the same time, the one added first is first. */
  readonly turn: number
}

export const emptySchedule = <A>(): Schedule<A> => ({
  entries: new Heap<Due<A>>((one, other) => one.dueAtMs - other.dueAtMs || one.turn - other.turn),
  turns: 0,
})

export const addDue = <A>(schedule: Schedule<A>, item: A, dueAtMs: number, earlyAtMs: number): void => {
  schedule.entries.push({ item, dueAtMs, earlyAtMs, turn: schedule.turns++ })
}

/** Returns what is due next and leaves it in the schedule. */
export const earliest = <A>(schedule: Schedule<A>): Due<A> | undefined => schedule.entries.peek()

export const removeEarliest = <A>(schedule: Schedule<A>): void => {
  schedule.entries.pop()
}
