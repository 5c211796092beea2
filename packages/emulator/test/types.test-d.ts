import type { ResourceId, TaskId } from '@task-outcome/core'
import { describe, expectTypeOf, test } from 'vitest'
import {
  type Action,
  type Chaos,
  type EmulatedQuery,
  type EmulatedService,
  type EmulatedSubmission,
  type Emulator,
  type Fault,
  type RecordedRequest,
  type EmulatedTask,
  startEmulator,
} from '../src/index.js'

declare const emulator: Emulator

describe('an emulator', () => {
  test('starts with or without options', () => {
    expectTypeOf(startEmulator).toBeCallableWith()
    expectTypeOf(startEmulator).toBeCallableWith({ idFormat: 'number', firstTaskId: 9007199254740993n })
    expectTypeOf(startEmulator).returns.resolves.toEqualTypeOf<Emulator>()
  })

  test('has no other options', () => {
    // @ts-expect-error -- a number has too few digits
    void startEmulator({ firstTaskId: 17 })
    // @ts-expect-error -- an id is a string or a number
    void startEmulator({ idFormat: 'bigint' })
    // @ts-expect-error -- a code is a number or a string of digits
    void startEmulator({ codeFormat: 'text' })
    // @ts-expect-error -- a key has an id
    void startEmulator({ credentials: [{ secretKey: 'key' }] })
    // @ts-expect-error -- the option is taskDurationMs
    void startEmulator({ taskDuration: 1000 })
  })

  test('serves at least one response', () => {
    expectTypeOf(emulator.serve).toBeCallableWith({ body: '{}' })
    expectTypeOf(emulator.serve).toBeCallableWith([{ body: '{}' }, { status: 502 }])
    // @ts-expect-error -- there is no last response to repeat
    emulator.serve([])
    // @ts-expect-error -- unknown fault
    emulator.serve({ fault: { _tag: 'Explode' } })
    // @ts-expect-error -- a fault without its point
    emulator.serve({ fault: { _tag: 'Stall' } })
  })

  test('records which connection carried a request', () => {
    expectTypeOf<RecordedRequest['connectionNumber']>().toEqualTypeOf<number>()
    expectTypeOf<RecordedRequest['requestNumber']>().toEqualTypeOf<number>()
  })

  test('has tasks and resources with the ids that core reads', () => {
    expectTypeOf<EmulatedTask['id']>().toEqualTypeOf<TaskId>()
    expectTypeOf<EmulatedTask['resourceIds']>().toEqualTypeOf<ReadonlyArray<ResourceId>>()
    expectTypeOf(emulator.tasks).toEqualTypeOf<ReadonlyArray<EmulatedTask>>()
  })
})

describe('a service', () => {
  test('has the form of the tables of the package tencentcloud', () => {
    type Naming =
      | { readonly _tag: 'Member'; readonly path: ReadonlyArray<string> }
      | { readonly _tag: 'RequestId' }
      | { readonly _tag: 'RequestIdPerResource'; readonly parameter: string }
    type Submit = { readonly task: Naming; readonly query: string; readonly takesClientToken?: boolean }
    expectTypeOf<Submit>().toExtend<EmulatedSubmission>()
    expectTypeOf<EmulatedService['submits']>().toEqualTypeOf<Readonly<Record<string, EmulatedSubmission>>>()
    expectTypeOf<EmulatedQuery['parameterType']>().toEqualTypeOf<
      'string' | 'number' | 'stringArray' | 'numberArray'
    >()
  })
})

describe('a fault', () => {
  test('of chaos is one of a non-empty array', () => {
    expectTypeOf<Chaos['faults']>().toEqualTypeOf<readonly [Fault, ...Fault[]]>()
    expectTypeOf<readonly []>().not.toExtend<Chaos['faults']>()
  })

  test('is discriminated by its tag', () => {
    expectTypeOf<Extract<Fault, { _tag: 'Stall' | 'Close' | 'Reset' }>['at']>().toEqualTypeOf<
      'beforeResponse' | 'withinHead' | 'withinBody' | 'afterBody'
    >()
    expectTypeOf<Extract<Fault, { _tag: 'Drip' }>>().toEqualTypeOf<{
      readonly _tag: 'Drip'
      readonly msPerByte: number
    }>()
    expectTypeOf<Action['_tag']>().toEqualTypeOf<'OrdinaryAction' | 'BatchAction' | 'StatusAction'>()
  })
})
