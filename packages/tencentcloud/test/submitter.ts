/** Submits to the emulator with the token of the caller: `node submitter.ts <url> <ClientToken>`. It is killed meanwhile. */
import { fetchTransport } from '@task-outcome/fetch'
import { createTencentCloud } from '@task-outcome/tencentcloud'
import { alb } from '@task-outcome/tencentcloud/services'

const [, , endpoint = '', ClientToken = ''] = process.argv
const cloud = createTencentCloud({
  transport: fetchTransport(),
  credentials: { secretId: 'AKIDEXAMPLE', secretKey: 'any text' },
})
await cloud.v3({ ...alb, endpoint }).submit('DeleteLoadBalancers', { ClientToken })()
