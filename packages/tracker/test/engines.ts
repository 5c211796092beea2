// The same tests on both engines.

import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import * as E from 'fp-ts/lib/Either.js'
import pg from 'pg'
import { afterAll, beforeAll, describe, inject, test } from 'vitest'
import type { Database } from '../src/index.js'
import { fromPool, openFolder } from '../src/index.js'
import { howToInstall } from './postgres.js'

/** Gets the right side, which a test expects. */
export const right = <A>(either: E.Either<unknown, A>): A => {
  if (E.isLeft(either)) throw new Error(`expected a Right, found ${JSON.stringify(either.left)}`)
  return either.right
}

export const left = <L>(either: E.Either<L, unknown>): L => {
  if (E.isRight(either)) throw new Error(`expected a Left, found ${JSON.stringify(either.right)}`)
  return either.left
}

export const newPool = (host: string, database = 'postgres', options: pg.PoolConfig = {}): pg.Pool =>
  new pg.Pool({ host, user: 'postgres', database, max: 20, ...options })

/** Creates a database in the PostgreSQL of the tests. */
export const createDatabase = async (host: string): Promise<string> => {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const pool = newPool(host)
  await pool.query(`CREATE DATABASE ${name}`)
  await pool.end()
  return name
}

export const describeEngines = (define: (database: () => Database) => void): void => {
  describe('PGlite', () => {
    let database: Database
    let folder: string
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'tracker-'))
      database = right(await openFolder(folder, PGlite)())
    })
    afterAll(async () => {
      await database.close()
      rmSync(folder, { recursive: true })
    })
    define(() => database)
  })

  const host = inject('postgresHost')
  if (host === '') {
    test.skip(`PostgreSQL: ${howToInstall}`)
    return
  }
  describe('PostgreSQL', () => {
    let pool: pg.Pool
    let database: Database
    beforeAll(async () => {
      pool = newPool(host, await createDatabase(host))
      database = fromPool(pool)
    })
    afterAll(() => pool.end())
    define(() => database)
  })
}
