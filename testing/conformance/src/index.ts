export { describeConformance } from './describeConformance.js'
export { type OpaqueSubject, describeOpaque } from './describeOpaque.js'
export { describeResending } from './describeResending.js'
export { describeTransport } from './describeTransport.js'
export {
  type ClientUnderTest,
  type Expected,
  type PlainRequest,
  type Resending,
  type Result,
  type Running,
  type Subject,
  abortReason,
  runClient,
  urlsInTurn,
} from './Subject.js'
