import { existsSync } from 'node:fs'

/** The executable of Chromium: the path in `CHROMIUM`, or else Debian's. */
export const findChromium = (): string | undefined => {
  const { CHROMIUM: path = '/usr/bin/chromium' } = process.env
  return existsSync(path) ? path : undefined
}

export const howToInstall = 'apt-get install chromium, or set CHROMIUM to the path of the program'
