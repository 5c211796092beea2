/**
 * Bodies that services get all day, other than those of `responseBodies.ts`: states of tasks, rejected requests, and batches that
 * are valid, but written in another way.
 */
import { batchBody, ordinaryBody } from './responseBodies.js'

export interface EverydayBody {
  readonly name: string
  readonly operation: 'ordinary' | 'batch' | 'status'
  /** `undefined` unless it is a batch with entries. */
  readonly resources: number | undefined
  readonly text: string
}

type Entry = (index: number) => string

const isRejected = (index: number): boolean => index % 10 === 9

const ordinaryEntry = (resourceId: string, index: number, more = ''): string =>
  isRejected(index)
    ? `"${resourceId}":{"code":5100,"message":"(10011)instance is busy"${more}}`
    : `"${resourceId}":{"code":0,"message":"","requestId":"${1_476_324_885_000 + index}"${more}}`

const resourceId = (index: number): string => `ins-${((index + 1) * 7_919).toString(36).padStart(8, '0')}`

const withExtra =
  (extra: (index: number) => string): Entry =>
  index =>
    ordinaryEntry(resourceId(index), index, `,${extra(index)}`)

/** In one entry of the batch, the last. */
const once =
  (extra: string) =>
  (resources: number): Entry =>
  index =>
    ordinaryEntry(resourceId(index), index, index === resources - 1 ? `,${extra}` : '')

const always = (entry: Entry) => (): Entry => entry

/** As PHP's `json_encode` writes a text: everything beyond ASCII is escaped. */
const escaped = (text: string): string =>
  text.replace(/[^ -~]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

const escapedMessage = (index: number, text: string): string => {
  const [code, id] = isRejected(index) ? [5100, ''] : [0, `,"requestId":"${1_476_324_885_000 + index}"`]
  return `"code":${code},"message":"${escaped(text)}"${id}`
}

const equalMessages: Entry = index =>
  `"${resourceId(index)}":{${escapedMessage(index, isRejected(index) ? '(10011)实例正忙,请稍后重试' : '操作成功')}}`

const differentMessages: Entry = index =>
  `"${resourceId(index)}":{${escapedMessage(index, `实例${index}的操作已提交`)},"zone":"${escaped(`广州${index % 7}区`)}","url":"https:\\/\\/cvm.qcloud.com\\/i\\/${index}"}`

const lists = withExtra(
  index => `"dealIds":["${20_160_707 + index}","${20_160_708 + index}"],"disks":[${index},${index + 1}]`,
)

const batchKinds: ReadonlyArray<readonly [name: string, entryIn: (resources: number) => Entry]> = [
  ['a negative number among the extras', once('"projectId":-1')],
  ['a decimal number among the extras', once('"price":12.5')],
  [
    'negative and decimal numbers in every entry',
    always(withExtra(index => `"projectId":-1,"price":${index}.25`)),
  ],
  ['`\\/` in every resource id', always(index => ordinaryEntry(`qcs::cvm:gz\\/${resourceId(index)}`, index))],
  ['escaped messages', always(equalMessages)],
  ['escaped messages and extras, all different', always(differentMessages)],
  ['arrays among the extras', always(lists)],
]

const batchOf = (entries: ReadonlyArray<string>, resources: number): string => {
  const [code, message] = resources >= 10 ? [5400, 'some failed'] : [0, '']
  return `{"code":${code},"message":"${message}","detail":{${entries.join()}}}`
}

const everydaySizes: ReadonlyArray<number> = [1, 10, 100, 1000]

const single = (name: string, operation: EverydayBody['operation'], text: string): EverydayBody => ({
  name,
  operation,
  resources: undefined,
  text,
})

export const everydayBodies = (sizes: ReadonlyArray<number> = everydaySizes): ReadonlyArray<EverydayBody> => [
  single('an accepted task', 'ordinary', ordinaryBody.text),
  single('a task in progress', 'status', '{"code":0,"message":"","codeDesc":"Success","data":{"status":2}}'),
  single(
    'a task that has failed',
    'status',
    '{"code":0,"message":"","codeDesc":"Success","data":{"status":1,"output":{"code":10007,"message":"disk is full"}}}',
  ),
  single('a query refused', 'status', '{"code":4400,"message":"(9300)request is too frequent"}'),
  single(
    'a submission refused',
    'ordinary',
    '{"code":5000,"message":"(10012)instance not found","codeDesc":"InvalidInstanceId.NotFound"}',
  ),
  single(
    'a batch refused',
    'batch',
    '{"code":4000,"message":"(100004)projectId is incorrect","codeDesc":"InvalidParameter"}',
  ),
  ...sizes.map(resources => batchFrom('clean', resources, batchBody('clean', resources).text)),
  ...sizes.map(resources =>
    batchFrom('an equal repeat of an entry', resources, batchBody('repeated resource', resources).text),
  ),
  ...batchKinds.flatMap(([name, entryIn]) =>
    sizes.map(resources =>
      batchFrom(
        name,
        resources,
        batchOf(
          Array.from({ length: resources }, (_, index) => entryIn(resources)(index)),
          resources,
        ),
      ),
    ),
  ),
]

const batchFrom = (name: string, resources: number, text: string): EverydayBody => ({
  name,
  operation: 'batch',
  resources,
  text,
})
