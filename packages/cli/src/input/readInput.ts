/**
 * Files and standard input.
 *
 * @internal
 */
import { readFile } from 'node:fs/promises'
import { usageError } from '../exitCodes.js'
import type { Shell } from '../output/Shell.js'
import { visible } from '../output/visible.js'

/** Reads a file, or standard input if there is no name or it is `-`. */
export const readInput = async (shell: Shell, file: string | undefined): Promise<Uint8Array> => {
  if (file !== undefined && file !== '-') return readFileOrFail(file)
  if (file === undefined && shell.stdinIsTerminal)
    throw usageError('no input: name a file, as in "task-outcome read response.json", or pipe it in')
  return shell.readStdin()
}

export const readFileOrFail = async (file: string): Promise<Uint8Array> => {
  const bytes = await readFileIfAny(file)
  if (bytes === undefined)
    throw usageError(`cannot read "${visible(file)}": there is no such file; to read standard input, type -`)
  return bytes
}

/** Returns `undefined` if there is no such file. */
export const readFileIfAny = async (file: string): Promise<Uint8Array | undefined> => {
  try {
    return await readFile(file)
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return undefined
    throw usageError(`cannot read "${visible(file)}": ${explainFileError(thrown)}`)
  }
}

/** Says what is wrong with a file that can't be read or written. */
export const explainFileError = (thrown: unknown): string => {
  const code = codeOf(thrown)
  return explanations[code] ?? code
}

const codeOf = (thrown: unknown): string =>
  thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown error'

const explanations: Readonly<Record<string, string>> = {
  EISDIR: 'it is a directory; name a file in it',
  EACCES: 'permission denied',
  ENOENT: 'there is no such directory; make it first',
}
