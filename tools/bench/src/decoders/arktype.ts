import { type } from 'arktype'
import type { Codecs } from './Decoder.js'

const Fields = type({
  code: 'number',
  message: 'string',
  'codeDesc?': 'string',
  'requestId?': 'string | number',
})

const Batch = Fields.and({ detail: type({ '[string]': Fields }) })

export const arktype: Codecs = {
  ordinary: value => {
    const answer = Fields(value)
    return answer instanceof type.errors ? undefined : answer
  },
  batch: value => {
    const answer = Batch(value)
    return answer instanceof type.errors ? undefined : answer
  },
}
