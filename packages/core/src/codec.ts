/**
 * Codecs of outcomes with typed extra fields, and the building blocks of the codecs of all packages.
 *
 * @since 0.1.0
 */
export { acceptedTaskCodec } from './outcome/AcceptedTask.js'
export { acceptedEntryCodec, batchOutcomeCodec } from './outcome/BatchOutcome.js'
export { taskEndCodec, taskStatusCodec } from './outcome/TaskStatus.js'
export type { CodecOrSchema, StandardResult, StandardSchema } from './decode/StandardSchema.js'
export { hasNone } from './codec/hasNone.js'
export { integer } from './codec/integer.js'
export { nonEmptyArray } from './codec/nonEmptyArray.js'
export { refine } from './codec/refine.js'
export { struct } from './codec/struct.js'
