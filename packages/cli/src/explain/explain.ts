/**
 * The command `explain`.
 *
 * @internal
 */
import { lookupErrorCode } from '@task-outcome/core'
import { errorCodes, replayedCode } from '@task-outcome/core/wire'
import type { RetryAdvice } from '@task-outcome/core/wire'
import { type ExitCode, exitCodes, usageError } from '../exitCodes.js'
import type { Shell } from '../output/Shell.js'
import { visible } from '../output/visible.js'

export const explain = async ({ stdout, stderr }: Shell, code: string): Promise<ExitCode> => {
  if (/^-?\d{1,15}$/.test(code)) {
    const number = Number(code)
    if (number === 0) {
      stdout.write(
        '0: success, of a request or of an entry\nAPI 2.0: the task was accepted; how it ends is not known yet.\n',
      )
      return exitCodes.allWell
    }
    if (!errorCodes.some(known => known.code === number)) return unknown(stderr, code)
    const { meaning, adviceForRequest, adviceForEntry } = lookupErrorCode(number)
    stdout.write(
      `${number}: ${meaning}\n` +
        `Of a request: ${advice[adviceForRequest]}\n` +
        (adviceForEntry === adviceForRequest ? '' : `Of an entry of a batch: ${advice[adviceForEntry]}\n`) +
        (number === replayedCode
          ? 'If the request was sent before, it most likely arrived then: look at the resource first.\n'
          : '') +
        'Source: the common error codes of API 2.0\n',
    )
    return exitCodes.allWell
  }
  if (!/^[A-Za-z][\w.-]*$/.test(code))
    throw usageError(
      `invalid error code "${visible(code)}": type a number, such as 5100, or a name, such as RequestLimitExceeded`,
    )
  const { lookupV3ErrorCode, v3ErrorCodes } = await import('@task-outcome/tencentcloud')
  const found = lookupV3ErrorCode(code)
  const known = v3ErrorCodes.filter(one => code === one.code || code.startsWith(`${one.code}.`)).at(-1)
  if (known === undefined) return unknown(stderr, code)
  stdout.write(
    `${code}: ${found.meaning}\n${advice[found.advice]}\n` +
      (known.code === code ? '' : `Known as ${known.code}; the rest is the service's own.\n`) +
      'Source: the common error codes of API 3.0\n',
  )
  return exitCodes.allWell
}

const unknown = (stderr: Shell['stderr'], code: string): ExitCode => {
  stderr.write(
    `${visible(code)}: unknown code. It is not one of the common codes, so it is not known whether sending again helps: see the documentation of the action.\n`,
  )
  return exitCodes.inDoubt
}

const advice: Readonly<Record<RetryAdvice, string>> = {
  never: 'Sending the same again does not help.',
  later: 'The same can be sent again later: nothing was started.',
  resigned: 'The same can be sent again with a new signature.',
  rejectedOnly: 'Some resources were accepted: send again only those that were rejected.',
  unknown: 'The code does not say whether sending again helps.',
}
