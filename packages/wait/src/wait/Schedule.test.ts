import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { addAtAge, addAtTime, emptySchedule, firstIn, removeFirst } from './Schedule.js'

test('a queue gives its tasks in order, and of equal ones the one that was added first', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.nat({ max: 20 }), { nil: undefined }), { maxLength: 200 }), moves => {
      const schedule = emptySchedule(moves.length)
      const { byAge, byTime } = schedule
      const model: Array<readonly [key: number, at: number]> = []
      const removeOne = (): void => {
        model.sort(([, one], [, other]) => one - other)
        expect([firstIn(byAge), byAge.size]).toEqual([model[0]?.[0], model.length])
        if (model.shift() !== undefined) removeFirst(schedule, byAge)
      }
      moves.forEach((at, key) => {
        if (at === undefined) removeOne()
        else {
          addAtAge(schedule, key, at)
          model.push([key, at])
        }
      })
      while (model.length > 0) removeOne()
      expect([byAge.size, byTime.size]).toEqual([0, 0])
    }),
  )
})

test('tasks by time and tasks by age are in queues of their own', () => {
  const schedule = emptySchedule(2)
  addAtTime(schedule, 0, 500, 250)
  addAtAge(schedule, 1, -3)
  expect([firstIn(schedule.byTime), firstIn(schedule.byAge)]).toEqual([0, 1])
  expect([schedule.at[0], schedule.earlyAtMs[0], schedule.at[1]]).toEqual([500, 250, -3])
})
