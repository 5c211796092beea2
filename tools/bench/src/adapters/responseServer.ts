/**
 * A server on this machine, in a separate process, so that it takes no time from the clients.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { type Emulator, startEmulator } from '@task-outcome/emulator'
import { batchBody, ordinaryBody } from '../responseBodies.js'

export interface ResponseUrls {
  readonly ordinary: string
  readonly batch: string
}

/** In the process of the server, until the one that has started it is gone. */
export const serveResponses = async (): Promise<void> => {
  const emulator = await startEmulator()
  process.on('disconnect', () => void emulator.close())
  process.send?.(responseUrls(emulator))
}

export const responseUrls = (emulator: Emulator): ResponseUrls => ({
  ordinary: emulator.serve({ body: ordinaryBody.text }),
  batch: emulator.serve({ body: batchBody('clean', 1000).text }),
})

/** A fresh server for each use: the emulator remembers every request. */
export const withServer = async <A>(program: string, use: (urls: ResponseUrls) => Promise<A>): Promise<A> => {
  const server: ChildProcess = fork(program, ['server'])
  try {
    const [urls] = (await once(server, 'message')) as [ResponseUrls]
    return await use(urls)
  } finally {
    const isGone = once(server, 'exit')
    server.disconnect()
    await isGone
  }
}
