/**
 * The maximum nesting of arrays and objects. PROTOCOL.md, section 3: "Nesting deeper than 512".
 *
 * @category model
 * @since 0.1.0
 */
export const maxDepth = 512
