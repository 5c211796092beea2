/**
 * Where Chromium is, and how it is started.
 */
import { existsSync } from 'node:fs'

/** The executable of Chromium: the path in `CHROMIUM`, or else Debian's. */
export const findChromium = (): string | undefined => {
  const { CHROMIUM: path = '/usr/bin/chromium' } = process.env
  return existsSync(path) ? path : undefined
}

export const howToInstall = 'apt-get install chromium, or set CHROMIUM to the path of the program'

/** Nothing but this machine is to be reached, nor asked for. */
export const flags = [
  '--disable-gpu',
  '--no-first-run',
  '--no-proxy-server',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
] as const
