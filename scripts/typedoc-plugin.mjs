// What our documentation site asks of typedoc beyond its options: pages are named after their headings and stand in
// categories, and every export says what it is for, where it belongs, since when it is there and, if it is called, how.

import { Application, Comment, CommentTag, Converter, DeclarationReflection, ReflectionKind } from 'typedoc'

/** By the folder: the guides, what else is under docs, and what those read who change the project. */
const categoryOf = file => {
  if (file.includes('/docs/guides/')) return 'Guides'
  return file.includes('/docs/') ? 'Reference' : 'Working on it'
}

/** Names a document after its heading, which is then not repeated below the name. */
const nameByHeading = document => {
  const [first] = document.content
  const [heading, title] = /^# (.+)\n/.exec(first?.text ?? '') ?? []
  if (title === undefined) return
  document.name = title
  first.text = first.text.slice(heading.length)
}

const categorize = document => {
  const text = categoryOf(document.project.files.getReflectionPath(document) ?? '')
  document.comment ??= new Comment()
  document.comment.blockTags.push(new CommentTag('@category', [{ kind: 'text', text }]))
}

/** The comment of an export: a function's stands at its signature. */
const commentOf = reflection => reflection.comment ?? reflection.signatures?.[0]?.comment

const requiredTags = reflection => [
  '@since',
  '@category',
  ...(reflection.kindOf(ReflectionKind.Function) ? ['@example'] : []),
]

/** Warns of each export whose comment lacks something: what typedoc itself validates is that there is a comment. */
const validateComments = logger => project => {
  const exports = Object.values(project.reflections).filter(
    reflection =>
      reflection instanceof DeclarationReflection &&
      reflection.kindOf(ReflectionKind.SomeExport & ~ReflectionKind.SomeModule) &&
      reflection.parent?.kindOf(ReflectionKind.SomeModule),
  )
  for (const reflection of exports) {
    const comment = commentOf(reflection)
    const missing = requiredTags(reflection).filter(tag => !comment?.getTag(tag))
    if (!Comment.combineDisplayParts(comment?.summary).trim()) missing.push('description')
    if (missing.length > 0) logger.warn(`${reflection.getFullName()} has no ${missing.join(', no ')}`)
  }
}

export const load = app => {
  app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_, document) => {
    nameByHeading(document)
    categorize(document)
  })
  app.on(Application.EVENT_VALIDATE_PROJECT, validateComments(app.logger))
}
