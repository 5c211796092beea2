export { type SubjectInChromium, describeInChromium } from './describeInChromium.js'
