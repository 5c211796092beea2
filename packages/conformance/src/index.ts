export { describeConformance } from './describeConformance.js'
export {
  type ClientUnderTest,
  type PlainRequest,
  type Result,
  type Running,
  type Subject,
  abortReason,
  runClient,
} from './Subject.js'
