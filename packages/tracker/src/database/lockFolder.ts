/**
 * Keeps a folder for one process: two PGlite in one folder overwrite each other's data without an error.
 *
 * @internal
 */
import { linkSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface FolderLock {
  readonly release: () => void
}

/** The process that holds a folder. */
export interface Holder {
  readonly pid: number
  /** When it started, so that another process with the same id is not taken for it; absent where the system does not tell. */
  readonly startedAt?: string
}

/**
 * Locks a folder until this process releases it or ends, however it ends. Returns the holder if another one has it.
 *
 * The locks have numbers, and the one with the highest number counts. Each is created whole and once, by a link, and only its
 * successor deletes it. So of several processes that find a dead holder only one creates the next lock, and one that was
 * slow finds a higher number after its own, and gives way.
 */
export const lockFolder = (folder: string): FolderLock | Holder => {
  mkdirSync(folder, { recursive: true })
  const own = holderOf(process.pid)
  for (;;) {
    const last = Math.max(0, ...numbersIn(folder))
    const holder = last === 0 ? undefined : readHolder(fileOf(folder, last))
    if (holder !== undefined && isAlive(holder)) return holder
    const file = fileOf(folder, last + 1)
    if (!createWhole(file, JSON.stringify(own))) continue
    if (numbersIn(folder).some(number => number > last + 1)) {
      rmSync(file, { force: true })
      continue
    }
    for (const number of numbersIn(folder))
      if (number <= last) rmSync(fileOf(folder, number), { force: true })
    return { release: () => writeFileSync(file, '{}') }
  }
}

const fileOf = (folder: string, number: number): string => join(folder, `lock-${number}.json`)

const numbersIn = (folder: string): ReadonlyArray<number> =>
  readdirSync(folder).flatMap(name => {
    const [, number] = /^lock-(\d+)\.json$/.exec(name) ?? []
    return number === undefined ? [] : [Number(number)]
  })

const createWhole = (file: string, text: string): boolean => {
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, text)
  try {
    linkSync(draft, file)
    return true
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw thrown
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

const isAlive = ({ pid, startedAt }: Holder): boolean => {
  try {
    process.kill(pid, 0)
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  return startedAt === undefined || startedAt === holderOf(pid).startedAt
}

/** Field 22 of `/proc/<pid>/stat`, which only Linux has. */
const holderOf = (pid: number): Holder => {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    // A zombie has ended: its parent only has not asked yet.
    const startedAt = fields[0] === 'Z' ? 'ended' : fields[19]
    return startedAt === undefined ? { pid } : { pid, startedAt }
  } catch {
    return { pid }
  }
}
