/** An issue of a validator of JSON Schema. */
export interface SchemaIssue {
  readonly keyword: string
  readonly instancePath: string
  readonly message: string
  readonly params: object
}

/** Tells where the first issue is, and what was expected; never what was found, which can be a secret. */
export const showIssues = (issues: ReadonlyArray<SchemaIssue>): string => {
  // Of a union, the issues of its members come first, and say less than the last one.
  const issue = issues.find(({ keyword }) => keyword !== 'const') ?? issues[0]
  if (issue === undefined) return 'expected another value'
  const where = issue.instancePath === '' ? '' : `${issue.instancePath}: `
  if (issue.keyword === 'boolean') return `${where}unknown; leave it out`
  if ('allowedValues' in issue.params)
    return `${where}expected one of: ${(issue.params.allowedValues as ReadonlyArray<unknown>).join(', ')}`
  return `${where}${issue.message}`
}
