// src/service.ts
import { randomUUID } from 'node:crypto'
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http'
import { DatabaseSync } from 'node:sqlite'
import { json } from 'node:stream/consumers'
import { createFetchTaskClient } from '@task-outcome/fetch'
import { type JobOptions, type JobResult, type QueryTaskStatus, type SubmitBatch } from '@task-outcome/wait'
import { createPace, resumeJob, runJob } from '@task-outcome/wait'
import * as t from 'io-ts'

const Body = t.type({ instanceIds: t.readonlyArray(t.string) })
const Row = t.type({ id: t.string, body: t.string, job: t.union([t.string, t.null]), isOver: t.number })

export const createService = (api: string, file: string, options: JobOptions = {}): Server => {
  const db = new DatabaseSync(file) // what is written is on the disk before `run` returns
  db.exec('CREATE TABLE IF NOT EXISTS jobs (id TEXT PRIMARY KEY, body TEXT, job TEXT, isOver INT DEFAULT 0)')
  const add = db.prepare('INSERT INTO jobs (id, body) VALUES (?, ?) ON CONFLICT DO NOTHING')
  const save = db.prepare('UPDATE jobs SET job = ? WHERE id = ?')
  const close = db.prepare('UPDATE jobs SET isOver = 1 WHERE id = ?')
  const find = (where: string, id: string) =>
    db.prepare(`SELECT * FROM jobs WHERE ${where} = ?`).all(id).filter(Row.is)

  const tasks = createFetchTaskClient(fetch, { timeoutMs: 10_000 })
  const pace = createPace({ perSecond: 20 }) // for all requests of all jobs
  const submit: SubmitBatch = ids => {
    const parameters = ids.map((id, index): [string, string] => [`instanceIds.${index}`, id])
    const body = new URLSearchParams([['Action', 'RestartInstances'], ...parameters])
    return pace.run(tasks.submitBatch(api, { method: 'POST', body }))
  }
  const query: QueryTaskStatus = (taskId, signal) =>
    tasks.status(`${api}?Action=CheckTaskStatus&flowId=${taskId}`, { signal })

  const run = async (id: string): Promise<void> => {
    for (const { body, job } of find('id', id)) {
      const store = (soFar: JobResult): unknown => save.run(JSON.stringify(soFar), id)
      const settings = { ...options, wait: { ...options.wait, pace }, store }
      const ended = await (job === null
        ? runJob((JSON.parse(body) as t.TypeOf<typeof Body>).instanceIds, submit, query, settings)()
        : resumeJob(JSON.parse(job) as JobResult, submit, query, settings)()) // checks that it is one
      if (ended.end._tag !== 'Aborted') close.run(id) // else it continues when the service starts again
    }
  }
  for (const { id } of find('isOver', '0')) void run(id)

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<unknown> => {
    const reply = (status: number, value: object) => response.writeHead(status).end(JSON.stringify(value))
    if (request.method === 'GET') {
      const [row] = find('id', String(new URL(request.url ?? '', 'http://host').searchParams.get('job')))
      return reply(row === undefined ? 404 : 200, { ...row, job: JSON.parse(row?.job ?? 'null') as unknown })
    }
    const body: unknown = await json(request).catch(() => undefined)
    if (!Body.is(body)) return reply(400, { error: 'expected {"instanceIds":["ins-1"]}' })
    // The caller sends the same key again if it got no response: then this is the same job.
    const id = String(request.headers['idempotency-key'] ?? randomUUID())
    if (add.run(id, JSON.stringify(body)).changes === 1) void run(id)
    return reply(202, { job: id })
  }
  return createServer((request, response) => void handle(request, response))
}
