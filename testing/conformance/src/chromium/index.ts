export { type ResendingInChromium, type SubjectInChromium, describeInChromium } from './describeInChromium.js'
