export { describeConformance } from './describeConformance.js'
export {
  type ClientUnderTest,
  type Expected,
  type PlainRequest,
  type Result,
  type Running,
  type Subject,
  abortReason,
  runClient,
} from './Subject.js'
