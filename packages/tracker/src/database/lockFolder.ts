/**
 * Keeps a folder for one process: two PGlite in one folder overwrite each other's data without an error.
 *
 * @internal
 */
import { linkSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface FolderLock {
  readonly release: () => void
}

/** The process that holds a folder. */
export interface Holder {
  readonly pid: number
  /** When it started, so that another process with the same id is not taken for it; absent where the system does not tell. */
  readonly startedAt?: string | undefined
}

/**
 * Locks a folder until this process releases it or ends, however it ends. Returns the holder if another one has it.
 *
 * The locks have numbers, and the one with the highest number counts. Each is created whole and once, by a link, and only its
 * successor deletes it. So of several processes that find a dead holder only one creates the next lock, and one that was
 * slow finds a higher number after its own, and gives way.
 *
 * @param list - returns the names in a folder; may be out of date, as in a race
 */
export const lockFolder = (
  folder: string,
  list: (folder: string) => ReadonlyArray<string> = folder => readdirSync(folder),
): FolderLock | Holder => {
  mkdirSync(folder, { recursive: true })
  const own = holderOf(process.pid)
  for (;;) {
    const last = Math.max(0, ...numbersIn(list(folder)))
    const holder = last === 0 ? undefined : readHolder(fileOf(folder, last))
    if (holder !== undefined && isAlive(holder)) return holder
    const file = fileOf(folder, last + 1)
    if (!createWhole(file, JSON.stringify(own))) continue
    if (numbersIn(list(folder)).some(number => number > last + 1)) {
      rmSync(file, { force: true })
      continue
    }
    for (const number of numbersIn(list(folder)))
      if (number <= last) rmSync(fileOf(folder, number), { force: true })
    return { release: () => writeFileSync(file, '{}') }
  }
}

const fileOf = (folder: string, number: number): string => join(folder, `lock-${number}.json`)

const numbersIn = (names: ReadonlyArray<string>): ReadonlyArray<number> =>
  names.flatMap(name => {
    const [, number] = /^lock-(\d+)\.json$/.exec(name) ?? []
    return number === undefined ? [] : [Number(number)]
  })

const createWhole = (file: string, text: string): boolean => {
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, text)
  try {
    linkSync(draft, file)
    return true
  } catch {
    statSync(file) // throws, unless another process has created it
    return false
  } finally {
    rmSync(draft, { force: true })
  }
}

/** Returns `undefined` for a lock that was released, or deleted meanwhile. */
const readHolder = (file: string): Holder | undefined => {
  try {
    const holder = JSON.parse(readFileSync(file, 'utf8')) as Partial<Holder>
    return holder.pid === undefined ? undefined : (holder as Holder)
  } catch {
    return undefined
  }
}

const isAlive = ({ pid, startedAt }: Holder): boolean =>
  isThere(pid) && (startedAt === undefined || startedAt === holderOf(pid).startedAt)

const isThere = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code !== 'ESRCH' // it belongs to another user
  }
}

/** Field 22 of `/proc/<pid>/stat`, which only Linux has. */
const holderOf = (pid: number): Holder => {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    // A zombie has ended: its parent only has not asked yet.
    return { pid, startedAt: fields[0] === 'Z' ? 'ended' : fields[19] }
  } catch {
    return { pid }
  }
}
