import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { type Fault, startEmulator } from '@task-outcome/emulator'
import { fetchTransport } from '@task-outcome/fetch'
import { expect, onTestFinished, test } from 'vitest'
import { createTencentCloud } from '../src/index.js'
import { alb } from '../src/services.js'
import { rightOf } from './requests.js'

const submitter = fileURLToPath(new URL('submitter.ts', import.meta.url))

test('a process that submits again with the ClientToken of a killed one starts no second task', async () => {
  const credentials = { secretId: 'AKIDEXAMPLE', secretKey: 'any text' }
  const stall: Fault = { _tag: 'Stall', at: 'beforeResponse' }
  let isFaulty = true
  let arrived = (): void => undefined
  const arrival = new Promise<void>(resolve => (arrived = resolve))
  const random = (): number => {
    arrived()
    return isFaulty ? 0 : 0.9
  }
  const emulator = await startEmulator({
    credentials: [credentials],
    services: [alb],
    chaos: { rate: 0.5, random, faults: [stall] },
  })
  onTestFinished(() => emulator.close())

  const killed = spawn(process.execPath, [submitter, emulator.url, 'stored-before'], { stdio: 'inherit' })
  await Promise.race([arrival, once(killed, 'exit')])
  killed.kill('SIGKILL')
  await once(killed, 'exit')
  expect(killed.signalCode).toBe('SIGKILL')
  expect(emulator.tasks).toHaveLength(1)

  isFaulty = false
  const cloud = createTencentCloud({ transport: fetchTransport(), credentials })
  const again = cloud.v3({ ...alb, endpoint: emulator.url })
  const { taskId } = rightOf(await again.submit('DeleteLoadBalancers', { ClientToken: 'stored-before' })())
  expect(emulator.tasks.map(({ id }) => id)).toEqual([taskId])
})
