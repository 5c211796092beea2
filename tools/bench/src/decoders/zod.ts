import * as z from 'zod'
import type { Codecs } from './Decoder.js'

/** `looseObject` keeps the fields that are not named, as all others do here. */
const Fields = z.looseObject({
  code: z.number(),
  message: z.string(),
  codeDesc: z.string().optional(),
  requestId: z.union([z.string(), z.number()]).optional(),
})

const Batch = Fields.extend({ detail: z.record(z.string(), Fields) })

export const zod: Codecs = {
  ordinary: value => Fields.safeParse(value).data,
  batch: value => Batch.safeParse(value).data,
}
