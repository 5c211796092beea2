import Type from 'typebox'

/** As the tracker stores it: without NUL and halves of surrogate pairs. */
export const AccountName = Type.String({
  minLength: 1,
  maxLength: 500,
  pattern: '^[^\\u0000\\ud800-\\udfff]+$',
})
