import { describeTransport } from '@task-outcome/conformance'
import { fetchTransport } from '../src/index.js'

describeTransport('fetch', () => fetchTransport())
