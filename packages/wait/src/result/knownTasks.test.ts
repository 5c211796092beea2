import type { ResourceId, TaskId } from '@task-outcome/core'
import { expect, test } from 'vitest'
import { distinctTasks } from './knownTasks.js'

type Named = readonly [taskId: string, ...resourceIds: ReadonlyArray<string>]

const tasks = (...named: ReadonlyArray<Named>) =>
  named.map(([taskId, ...resourceIds]) => ({
    taskId: taskId as TaskId,
    resourceIds: resourceIds as ReadonlyArray<string> as ReadonlyArray<ResourceId>,
  }))

test.each<[string, ReadonlyArray<Named>, ReadonlyArray<Named>]>([
  [
    'removes a task that is repeated',
    [
      ['17', 'a'],
      ['17', 'a'],
    ],
    [['17', 'a']],
  ],
  [
    'keeps tasks with the same id that share no resource',
    [
      ['17', 'a'],
      ['17', 'b'],
    ],
    [
      ['17', 'a'],
      ['17', 'b'],
    ],
  ],
  ['removes a part of a task that is known as a whole', [['17'], ['17', 'a']], [['17']]],
  ['removes a task as a whole if a part of it is known', [['17', 'a'], ['17']], [['17', 'a']]],
  [
    'keeps the resources that are new',
    [
      ['17', 'a'],
      ['17', 'a', 'b'],
      ['17', 'b'],
    ],
    [
      ['17', 'a'],
      ['17', 'b'],
    ],
  ],
])('%s', (_, given, distinct) => {
  expect(distinctTasks(tasks(...given))).toEqual(tasks(...distinct))
})
