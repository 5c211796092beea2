/**
 * Listens to a channel for as long as something runs.
 *
 * @internal
 */
import type { Clock } from '@task-outcome/wait'
import * as E from 'fp-ts/lib/Either.js'
import { createWakeUp } from '../clock/wakeUp.js'
import { type Database, attempt } from './Database.js'

/**
 * Listens to a channel. If that fails, tries again later, and then calls `onNotification` for what it may have missed. Returns a
 * function that stops it.
 */
export const keepListening = (
  database: Database,
  clock: Clock,
  channel: string,
  onNotification: (payload?: string) => void,
): (() => Promise<void>) => {
  const { sleep, wake } = createWakeUp(clock)
  let stopped = false
  const isStopped = (): boolean => stopped
  const begin = async (): Promise<() => Promise<void>> => {
    for (let tries = 0; !isStopped(); tries++) {
      const listening = await attempt(() => database.listen(channel, onNotification))()
      if (E.isRight(listening)) {
        if (tries > 0) onNotification()
        return listening.right
      }
      await sleep(retryMs)
    }
    return () => Promise.resolve()
  }
  const begun = begin()
  return async () => {
    stopped = true
    wake()
    await attempt(async () => (await begun)())()
  }
}

const retryMs = 1000
