/** Reads the types of tencentcloud-sdk-nodejs: what each action takes and returns, with the doc comments. */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

export interface Member {
  readonly type: string
  readonly optional: boolean
  readonly doc: string
}

export interface TypeOfSdk {
  readonly doc: string
  readonly members: ReadonlyMap<string, Member>
}

export interface ActionOfSdk {
  readonly request: TypeOfSdk
  readonly response: TypeOfSdk
  readonly doc: string
}

export interface ServiceOfSdk {
  readonly service: string
  /** Such as `2018-03-17`. */
  readonly version: string
  readonly actions: ReadonlyMap<string, ActionOfSdk>
  readonly types: ReadonlyMap<string, TypeOfSdk>
}

const services = join(
  dirname(createRequire(import.meta.url).resolve('tencentcloud-sdk-nodejs/package.json')),
  'tencentcloud/services',
)

/** A declaration and the doc comment before it. */
interface Line {
  readonly text: string
  readonly doc: string
}

/** The files are generated: one declaration a line, and each doc comment on lines of its own. */
const lines = (file: string): ReadonlyArray<Line> => {
  const found: Line[] = []
  let doc: string[] = []
  let inDoc = false
  for (const text of readFileSync(file, 'utf8').split('\n')) {
    const part = text.trim()
    if (!inDoc && part.startsWith('/**')) {
      doc = []
      inDoc = true
    }
    if (inDoc) {
      doc.push(part.replace(/^\/\*\*|\*\/$|^\* ?/g, ''))
      inDoc = !part.endsWith('*/')
    } else {
      found.push({
        text,
        doc: doc
          .join(' ')
          .replace(/<[^>]+>/g, ' ')
          .replace(/\s+/g, ' ')
          .trim(),
      })
      doc = []
    }
  }
  return found
}

const readTypes = (file: string): ReadonlyMap<string, TypeOfSdk> => {
  const types = new Map<string, TypeOfSdk>()
  let members = new Map<string, Member>()
  for (const { text, doc } of lines(file)) {
    const [, type] = /^export (?:interface|type|declare type) (\w+)/.exec(text) ?? []
    if (type !== undefined) {
      members = new Map()
      types.set(type, { doc, members })
    }
    const [, name, optional, memberType] = /^ {4}(\w+)(\?)?: (.+);$/.exec(text) ?? []
    if (name !== undefined && memberType !== undefined)
      members.set(name, { type: memberType, optional: optional !== undefined, doc })
  }
  return types
}

const readActions = (
  file: string,
  types: ReadonlyMap<string, TypeOfSdk>,
): ReadonlyMap<string, ActionOfSdk> => {
  const nothing: TypeOfSdk = { doc: '', members: new Map() }
  const actions = new Map<string, ActionOfSdk>()
  for (const { text, doc } of lines(file)) {
    const [, name, request = '', response = ''] =
      /^ {4}(\w+)\(req\??: (\w+), cb\?: .*\): Promise<(\w+)>/.exec(text) ?? []
    if (name !== undefined)
      actions.set(name, {
        doc,
        request: types.get(request) ?? nothing,
        response: types.get(response) ?? nothing,
      })
  }
  return actions
}

/** All services, each in all its versions. */
export const readSdk = (): ReadonlyArray<ServiceOfSdk> =>
  readdirSync(services).flatMap(service => {
    const folder = join(services, service)
    if (!existsSync(join(folder, 'index.d.ts'))) return []
    return readdirSync(folder).flatMap(name => {
      const [, year, month, day] = /^v(\d{4})(\d{2})(\d{2})$/.exec(name) ?? []
      if (year === undefined || month === undefined || day === undefined) return []
      const types = readTypes(join(folder, name, `${service}_models.d.ts`))
      const actions = readActions(join(folder, name, `${service}_client.d.ts`), types)
      return [{ service, version: `${year}-${month}-${day}`, actions, types }]
    })
  })

/** `text` or `number`, or the name of a type of the service; with `[]` for an array. */
export const typeOf = ({ type }: Member): string => {
  const [, element] = /^Array<(.+)>$/.exec(type) ?? []
  return (element ?? type).replace('number | bigint', 'number') + (element === undefined ? '' : '[]')
}

/** Follows a path of member names. An array on the way is no way through. */
export const memberAt = (
  sdk: ServiceOfSdk,
  from: TypeOfSdk | undefined,
  [name, ...rest]: ReadonlyArray<string>,
): Member | undefined => {
  const member = name === undefined ? undefined : from?.members.get(name)
  if (member === undefined || rest.length === 0) return member
  return memberAt(sdk, sdk.types.get(typeOf(member)), rest)
}

/** Actions that only read: they start no task. */
const reads = /^(Describe|Get|List|Query|Check|Inquir|Search)/

const idMember = /(TaskId|TaskID|FlowId|FlowID|AsyncRequestId|JobId|JobID)s?$/

/** The actions that are no queries and hand out an id of a task, a flow, a job or an asynchronous request. */
export const handOutId = ({ actions }: ServiceOfSdk): ReadonlyArray<string> =>
  [...actions].flatMap(([name, { response }]) =>
    !reads.test(name) && [...response.members.keys()].some(member => idMember.test(member)) ? [name] : [],
  )

/** The other actions that the doc comments call asynchronous: their `RequestId` may be the id of a task. */
export const asynchronousWithoutId = (sdk: ServiceOfSdk): ReadonlyArray<string> => {
  const withId = new Set(handOutId(sdk))
  return [...sdk.actions].flatMap(([name, { doc }]) =>
    !reads.test(name) && !withId.has(name) && /异步|LatestOperationState/.test(doc) ? [name] : [],
  )
}
