/**
 * An ES module and a CommonJS module that pass outcomes to each other. Each side has its own copy of our packages; of
 * fp-ts and of io-ts there is one, which `NODE_V8_COVERAGE` lets the caller see.
 */
import { createAxiosTaskClient } from '@task-outcome/axios'
import { BatchOutcome, TaskError, decodeBatchTask, entries, showTaskError } from '@task-outcome/core'
import { startEmulator } from '@task-outcome/emulator'
import { createFetchTaskClient } from '@task-outcome/fetch'
import { waitForBatch } from '@task-outcome/wait'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { deepStrictEqual, notStrictEqual, strictEqual } from 'node:assert'
import { createRequire } from 'node:module'
import type * as CommonJs from './produce.js'

const require = createRequire(import.meta.url)
const other = require('./produce.cjs') as typeof CommonJs

const packages = [createAxiosTaskClient, createFetchTaskClient, decodeBatchTask, startEmulator, waitForBatch]
packages.forEach((own, at) => notStrictEqual(own, other.packages[at]))
strictEqual(E.right, other.right)
strictEqual(t.string, other.text)

if (E.isLeft(other.partly) || E.isRight(other.refused)) throw new Error('An Either is not understood')
deepStrictEqual(
  entries(other.partly.right).map(({ _tag }) => _tag),
  ['AcceptedEntry', 'RejectedEntry'],
)
strictEqual(BatchOutcome.is(other.partly.right), true)
strictEqual(TaskError.is(other.refused.left), true)
strictEqual(showTaskError(other.refused.left), other.describe(other.refused))

const own = decodeBatchTask('{"code":0,"detail":{"ins-1":{"code":0,"requestId":"17"}}}')
strictEqual(other.describe(own), 'ins-1 AcceptedEntry')
console.log('shared')
