import { soak } from '@task-outcome/conformance/soak'
import { createAxiosTaskClient } from '@task-outcome/axios'
import axios from 'axios'
import { toRequest } from './toRequest.ts'

await soak(import.meta.url, {
  'axios in Node': {
    create: limits => createAxiosTaskClient(axios.create(), limits),
    toRequest,
  },
  'axios (its fetch adapter) in Node': {
    create: limits => createAxiosTaskClient(axios.create({ adapter: 'fetch' }), limits),
    toRequest,
  },
})
