import { describeTransport } from '@task-outcome/conformance'
import axios from 'axios'
import { axiosTransport } from '../src/index.js'

describeTransport('axios', () => axiosTransport(axios.create()))
describeTransport('axios (its fetch adapter)', () => axiosTransport(axios.create({ adapter: 'fetch' })))
