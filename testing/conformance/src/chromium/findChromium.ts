import { existsSync } from 'node:fs'

/** Chromium's program: where `CHROMIUM` says it is, else where Debian puts it. */
export const findChromium = (): string | undefined => {
  const { CHROMIUM: path = '/usr/bin/chromium' } = process.env
  return existsSync(path) ? path : undefined
}

export const howToInstall = 'apt-get install chromium, or set CHROMIUM to the path of the program'
