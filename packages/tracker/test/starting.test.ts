import { spawn } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import * as E from 'fp-ts/lib/Either.js'
import type pg from 'pg'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import {
  type Database,
  type PostgresPool,
  type Row,
  fromPool,
  openFolder,
  openTracker,
} from '../src/index.js'
import { lockFolder } from '../src/database/lockFolder.js'
import { createDatabase, left, newPool, right } from './engines.js'
import { howToInstall } from './postgres.js'
import { migrations } from '../src/sql/migrations.js'

const versions = migrations.map((_, index) => ({ version: index + 1 }))

const temporary = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'tracker-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

describe('a folder', () => {
  test('is for one process at a time, and keeps what was stored', async () => {
    const folder = temporary()
    const first = right(await openFolder(folder, PGlite)())
    right(await openTracker(first)())
    expect(left(await openFolder(folder, PGlite)())).toEqual({
      _tag: 'FolderInUse',
      folder,
      pid: process.pid,
    })
    await first.close()
    const second = right(await openFolder(folder, PGlite)())
    expect(await second.query('SELECT version FROM task_outcome.migrations')).toEqual(versions)
    await expect(
      second.transaction(async query => {
        await query('CREATE TABLE half (a integer)')
        throw new Error('stop')
      }),
    ).rejects.toThrow('stop')
    expect(await second.query(`SELECT to_regclass('half')::text AS found`)).toEqual([{ found: null }])
    await second.close()
  })

  test('is no longer locked if it could not be opened', async () => {
    const folder = temporary()
    writeFileSync(join(folder, 'data'), 'no database')
    expect(left(await openFolder(folder, PGlite)())._tag).toBe('StoreFailed')
    expect(lockFolder(folder)).toHaveProperty('release')
  })

  test('cannot be what the system refuses', async () => {
    const file = join(temporary(), 'file')
    writeFileSync(file, '')
    expect(left(await openFolder(join(file, 'folder'), PGlite)())).toMatchObject({
      _tag: 'StoreFailed',
      code: 'ENOTDIR',
    })
  })

  const holder = (folder: string, number: number, text: string) =>
    writeFileSync(join(folder, `lock-${String(number)}.json`), text)

  test.each<[string, string]>([
    ['a process that has ended', '{"pid":4194304}'],
    ['an earlier process with the same id', `{"pid":${String(process.pid)},"startedAt":"1"}`],
    ['nobody, as it was released', '{}'],
    ['nobody, as it was written in part', ''],
  ])('that belongs to %s can be locked', (_, text) => {
    const folder = temporary()
    holder(folder, 7, text)
    expect(lockFolder(folder)).toHaveProperty('release')
    expect(readdirSync(folder)).toEqual(['lock-8.json'])
  })

  test('that belongs to a process of which only the id is known is locked', () => {
    const folder = temporary()
    holder(folder, 1, `{"pid":${String(process.pid)}}`)
    expect(lockFolder(folder)).toEqual({ pid: process.pid })
  })

  test('that belongs to a process of another user is locked', () => {
    const folder = temporary()
    holder(folder, 1, '{"pid":1}')
    expect(lockFolder(folder)).toEqual({ pid: 1 })
  })

  test('is not locked by a process that sees an old list of its files', () => {
    const folder = temporary()
    const own = `{"pid":${String(process.pid)}}`
    let lists = 0
    // Twice it is told what was there before others came.
    const late = (names: ReadonlyArray<string>) => (path: string) =>
      lists++ === 0 ? names : readdirSync(path)
    holder(folder, 1, own)
    expect(lockFolder(folder, late([]))).toEqual({ pid: process.pid })
    holder(folder, 1, '{}')
    holder(folder, 3, own)
    lists = 0
    expect(lockFolder(folder, late(['lock-1.json']))).toEqual({ pid: process.pid })
    expect(readdirSync(folder)).toEqual(['lock-1.json', 'lock-3.json'])
  })

  test.runIf(existsSync('/proc/self/stat'))('that belongs to a zombie can be locked', async () => {
    const folder = temporary()
    const parent = spawn('sh', ['-c', 'sleep 0.3 & echo $!; exec sleep 60'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const [text] = (await once(parent.stdout, 'data')) as [Buffer]
    const pid = Number(text.toString())
    const fields = () =>
      readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')
    while (fields()[0] !== 'Z') await new Promise(resolve => setImmediate(resolve))
    holder(folder, 1, JSON.stringify({ pid, startedAt: fields()[19] }))
    expect(lockFolder(folder)).toHaveProperty('release')
    parent.kill()
  })

  test('can be locked when its process is killed', async () => {
    const folder = temporary()
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    await once(child, 'spawn')
    holder(folder, 1, JSON.stringify({ pid: child.pid }))
    expect(lockFolder(folder)).toEqual({ pid: child.pid })
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(lockFolder(folder)).toHaveProperty('release')
  })
})

describe('a server', () => {
  /** A database that has these settings. */
  const server = (settings: Row, survives: Database['survives'] = 'PowerCut'): Database => ({
    survives,
    query: async () => [
      {
        version: '15.1',
        number: 150_001,
        encoding: 'UTF8',
        fsync: 'on',
        synchronous_commit: 'on',
        ...settings,
      },
    ],
    transaction: async run => run(async () => [{ version: 0 }]),
    listen: async () => async () => undefined,
    close: async () => undefined,
  })

  test.each<[Row, object]>([
    [{ fsync: 'off' }, { _tag: 'DurabilityOff', setting: 'fsync' }],
    [{ synchronous_commit: 'off' }, { _tag: 'DurabilityOff', setting: 'synchronous_commit' }],
    [
      { number: 140_011, version: '14.11' },
      { _tag: 'ServerTooOld', version: '14.11' },
    ],
    [{ encoding: 'LATIN1' }, { _tag: 'EncodingNotUtf8', encoding: 'LATIN1' }],
  ])('with %o is refused', async (settings, error) => {
    expect(left(await openTracker(server(settings))())).toEqual(error)
  })

  test('without fsync is taken if the caller allows it, or if it is embedded', async () => {
    expect(E.isRight(await openTracker(server({ fsync: 'off' }), { allowDataLoss: true })())).toBe(true)
    expect(E.isRight(await openTracker(server({ fsync: 'off' }, 'Kill'))())).toBe(true)
    expect(left(await openTracker(server({ synchronous_commit: 'off' }, 'Kill'))())._tag).toBe(
      'DurabilityOff',
    )
  })

  test('with a schema of the future is refused', async () => {
    const newer = {
      ...server({}),
      transaction: async (run: never) => (run as (query: unknown) => unknown)(async () => [{ version: 99 }]),
    }
    expect(left(await openTracker(newer as Database)())).toEqual({ _tag: 'SchemaTooNew', found: 99 })
  })

  test.each([{ responseWithinMs: 0 }, { firstQueryAfterMs: -1 }, { queriesPerSecond: 0 }])(
    'gets no tracker with %o',
    async options => {
      expect(left(await openTracker(server({}), options)())._tag).toBe('InvalidOption')
    },
  )

  test('whose error is no Error is a StoreFailed', async () => {
    const broken = (thrown: unknown): Database => ({
      ...server({}),
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- that is what is tested
      query: () => Promise.reject(thrown),
    })
    expect(left(await openTracker(broken('no'))())).toEqual({
      _tag: 'StoreFailed',
      message: 'the database failed without a message',
    })
    expect(left(await openTracker(broken({ message: '' }))())).toEqual({
      _tag: 'StoreFailed',
      message: 'the database failed without a message',
    })
  })
})

describe('a pool', () => {
  /** A pool whose connections the test controls. */
  const fakePool = () => {
    const clients: Array<{ emit: (event: string) => void; released: number }> = []
    const waiting: Array<() => void> = []
    const isHeld = { value: false }
    const pool: PostgresPool = {
      query: async () => ({ rows: [] }),
      on: () => undefined,
      connect: async () => {
        if (isHeld.value) await new Promise<void>(resolve => waiting.push(resolve))
        const emitter = new EventEmitter()
        const client = { emit: (event: string) => void emitter.emit(event), released: 0 }
        clients.push(client)
        return {
          query: async () => ({ rows: [] }),
          on: (event, listener) => emitter.on(event, listener),
          off: (event, listener) => emitter.off(event, listener),
          release: () => {
            client.released++
          },
        }
      },
    }
    return { pool, clients, waiting, isHeld }
  }

  test('gets the connection of a listener back once, however often it breaks', async () => {
    const { pool, clients } = fakePool()
    const stop = await fromPool(pool).listen('channel', () => undefined)
    clients[0]?.emit('error')
    clients[0]?.emit('error')
    expect(clients[0]?.released).toBe(1)
    await stop()
    expect(clients).toHaveLength(1)
  })

  test('gets a connection back that arrives after the listener was stopped', async () => {
    const { pool, clients, waiting, isHeld } = fakePool()
    let told = 0
    const stop = await fromPool(pool).listen('channel', () => told++)
    isHeld.value = true
    clients[0]?.emit('error')
    while (waiting.length === 0) await new Promise(resolve => setImmediate(resolve))
    await stop()
    waiting[0]?.()
    while (clients[1]?.released !== 1) await new Promise(resolve => setImmediate(resolve))
    clients[1].emit('error')
    expect(clients[1].released).toBe(1)
  })

  test('does not connect again if that fails after the listener was stopped', async () => {
    const { pool, clients } = fakePool()
    let connects = 0
    let fail = (): void => undefined
    const failing: PostgresPool = {
      ...pool,
      connect: () =>
        connects++ === 0
          ? pool.connect()
          : new Promise((_, reject) => (fail = () => reject(new Error('cut')))),
    }
    const stop = await fromPool(failing).listen('channel', () => undefined)
    clients[0]?.emit('error')
    while (connects < 2) await new Promise(resolve => setImmediate(resolve))
    await stop()
    fail()
    await new Promise(resolve => setImmediate(resolve))
    expect(connects).toBe(2)
  })
})

const host = inject('postgresHost')
describe.skipIf(host === '')(host === '' ? `PostgreSQL: ${howToInstall}` : 'PostgreSQL', () => {
  test('is migrated once by processes that start together', async () => {
    const name = await createDatabase(host)
    const pools = Array.from({ length: 6 }, () => newPool(host, name))
    const opened = await Promise.all(pools.map(pool => openTracker(fromPool(pool))()))
    expect(opened.map(({ _tag }) => _tag)).toEqual(pools.map(() => 'Right'))
    const { rows } = await pools[0]!.query('SELECT version FROM task_outcome.migrations')
    expect(rows).toEqual(versions)
    await Promise.all(pools.map(pool => pool.end()))
  })

  test('is refused where a role turns synchronous_commit off', async () => {
    const pool = newPool(host, 'postgres', { options: '-c synchronous_commit=off' })
    expect(left(await openTracker(fromPool(pool))())).toEqual({
      _tag: 'DurabilityOff',
      setting: 'synchronous_commit',
    })
    await pool.end()
  })

  test('that cannot be reached is an error with its code', async () => {
    const pool = newPool(join(tmpdir(), 'nowhere'))
    expect(left(await openTracker(fromPool(pool))())).toMatchObject({ _tag: 'StoreFailed', code: 'ENOENT' })
  })

  test('rolls a transaction back that rejects', async () => {
    const pool = newPool(host)
    const database = fromPool(pool)
    await expect(
      database.transaction(async query => {
        await query('CREATE TABLE half (a integer)')
        throw new Error('stop')
      }),
    ).rejects.toThrow('stop')
    expect(await database.query(`SELECT to_regclass('half')::text AS found`)).toEqual([{ found: null }])
    await database.close()
    await pool.end()
  })

  /** Ends every other connection. */
  const cut = (pool: pg.Pool) =>
    pool.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    )

  test('wakes a listener again after its connection broke', async () => {
    const name = await createDatabase(host)
    const pool = newPool(host, name)
    const other = newPool(host, name)
    const database = fromPool(pool)
    let onNotification = (): void => undefined
    const next = () => new Promise<void>(resolve => (onNotification = resolve))
    const stop = await database.listen('channel', () => onNotification())
    const first = next()
    await other.query('NOTIFY channel')
    await first
    // It is told of what it may have missed, too.
    const again = next()
    await cut(other)
    await again
    const third = next()
    await other.query('NOTIFY channel')
    await third
    await stop()
    await stop()
    await Promise.all([pool.end(), other.end()])
  })

  test('an idle connection that breaks does not end the process', async () => {
    const name = await createDatabase(host)
    const pool = newPool(host, name)
    const other = newPool(host, name)
    const database = fromPool(pool)
    await database.query('SELECT 1')
    const broken = once(pool, 'error')
    await cut(other)
    await broken
    expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }])
    await Promise.all([pool.end(), other.end()])
  })

  test('a connection that breaks in a transaction does not end the process', async () => {
    const name = await createDatabase(host)
    const pool = newPool(host, name)
    const other = newPool(host, name)
    await expect(
      fromPool(pool).transaction(async query => {
        const gone = once(pool, 'remove')
        await cut(other)
        await Promise.race([gone, query('SELECT pg_sleep(60)')])
      }),
    ).rejects.toThrow()
    await Promise.all([pool.end(), other.end()])
  })

  test('a channel that is none cannot be listened to', async () => {
    const pool = newPool(host)
    await expect(fromPool(pool).listen('no channel', () => undefined)).rejects.toThrow('syntax')
    await pool.end()
  })
})
