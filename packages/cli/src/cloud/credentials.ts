/**
 * The credentials that requests are signed with: from the environment, or from a file that only its owner can read. Never from
 * arguments, which other users of the machine see.
 *
 * @internal
 */
import { stat } from 'node:fs/promises'
import type { Credentials } from '@task-outcome/tencentcloud'
import { usageError } from '../exitCodes.js'
import { membersOf, parsePlainJson } from '../input/plainJson.js'
import { readFileOrFail } from '../input/readInput.js'
import { readText } from '../input/readText.js'
import type { Shell } from '../output/Shell.js'
import { visible } from '../output/visible.js'

export const readCredentials = async (
  { env }: Pick<Shell, 'env'>,
  file: string | undefined,
): Promise<Credentials> => {
  if (file !== undefined) return readFile(file)
  const {
    TENCENTCLOUD_SECRET_ID: secretId = '',
    TENCENTCLOUD_SECRET_KEY: secretKey = '',
    TENCENTCLOUD_TOKEN: token = '',
  } = env
  if (secretId === '' || secretKey === '')
    throw usageError(
      'no credentials: set TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY, or name a file with --credentials',
    )
  return { secretId, secretKey, ...(token === '' ? {} : { token }) }
}

/** The format of the vendor's command line: `{"secretId":"…","secretKey":"…","token":"…"}`. */
const readFile = async (file: string): Promise<Credentials> => {
  const name = visible(file)
  const text = readText(await readFileOrFail(file), file)
  // Windows has no such mode.
  if (process.platform !== 'win32' && ((await stat(file)).mode & 0o077) !== 0)
    throw usageError(`"${name}" is readable by other users: run chmod 600 "${name}"`)
  const { secretId, secretKey, token } = membersOf(parsePlainJson(text))
  if (typeof secretId !== 'string' || typeof secretKey !== 'string' || secretId === '' || secretKey === '')
    throw usageError(`"${name}" has no credentials: write {"secretId":"…","secretKey":"…"}`)
  return { secretId, secretKey, ...(typeof token === 'string' && token !== '' ? { token } : {}) }
}
