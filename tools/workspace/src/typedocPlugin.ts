// What our documentation site asks of typedoc beyond its options: pages are named after their headings and stand in
// categories, comments link to the protocol, and every export says what it is for, where it belongs, since when it is there and, if it is called, how.

import { relative, sep } from 'node:path'
import {
  Application,
  Comment,
  type CommentDisplayPart,
  CommentTag,
  Converter,
  DeclarationReflection,
  type DocumentReflection,
  type Logger,
  type ProjectReflection,
  ReflectionKind,
  Renderer,
} from 'typedoc'
import { root } from './packages.ts'

/** By the folder: the guides, the reference, and what those read who change the project. */
const categoryOf = (file: string): string => {
  if (file.startsWith('docs/guides/')) return 'Guides'
  return file.startsWith('docs/reference/') ? 'Reference' : 'Working on it'
}

const nameByHeading = (document: DocumentReflection): void => {
  const markdown = Comment.combineDisplayParts(document.content)
  const heading = /^# (.+)$/m.exec(markdown)?.[1]
  if (heading !== undefined) document.name = heading.replaceAll('`', '')
}

const categorize = (document: DocumentReflection): void => {
  const file = relative(root, document.project.files.getReflectionPath(document) ?? '')
  const text = categoryOf(file.split(sep).join('/'))
  document.comment ??= new Comment()
  document.comment.blockTags.push(new CommentTag('@category', [{ kind: 'text', text }]))
}

const protocol = 'PROTOCOL.md'

/** Comments name the protocol by its file: on the site that is a link to its page. */
const linkProtocol = (project: ProjectReflection): void => {
  const target = project.documents?.find(document =>
    project.files.getReflectionPath(document)?.endsWith(protocol),
  )
  if (target === undefined) return
  const link: CommentDisplayPart = { kind: 'inline-tag', tag: '@link', text: protocol, target }
  for (const reflection of Object.values(project.reflections)) {
    if (reflection.comment === undefined) continue
    reflection.comment.summary = reflection.comment.summary.flatMap(
      (part): ReadonlyArray<CommentDisplayPart> =>
        part.kind === 'text'
          ? part.text
              .split(protocol)
              .flatMap((text, at) => [...(at === 0 ? [] : [link]), { kind: 'text', text }])
          : [part],
    )
  }
}

/** Returns the comment of an export; that of a function is at its signature. */
const commentOf = (reflection: DeclarationReflection): Comment | undefined =>
  reflection.comment ?? reflection.signatures?.[0]?.comment

const requiredTags = (reflection: DeclarationReflection): ReadonlyArray<`@${string}`> => [
  '@since',
  '@category',
  ...(reflection.kindOf(ReflectionKind.Function) ? (['@example'] as const) : []),
]

const moduleKinds = [ReflectionKind.Project, ReflectionKind.Module, ReflectionKind.Namespace]
const exportKinds = [
  ReflectionKind.Class,
  ReflectionKind.Enum,
  ReflectionKind.Function,
  ReflectionKind.Interface,
  ReflectionKind.TypeAlias,
  ReflectionKind.Variable,
]

/** Warns of each export whose comment lacks something: what typedoc itself validates is that there is a comment. */
const validateComments =
  (logger: Logger) =>
  (project: ProjectReflection): void => {
    const exports = Object.values(project.reflections)
      .filter(reflection => reflection instanceof DeclarationReflection)
      .filter(
        reflection =>
          !reflection.isReference() && // an export of another entry
          reflection.kindOf(exportKinds) &&
          reflection.parent?.kindOf(moduleKinds) === true,
      )
    for (const reflection of exports) {
      const comment = commentOf(reflection)
      const missing: string[] = requiredTags(reflection).filter(tag => comment?.getTag(tag) === undefined)
      if (!Comment.combineDisplayParts(comment?.summary).trim()) missing.push('description')
      if (missing.length > 0) logger.warn(`${reflection.getFullName()} has no ${missing.join(', no ')}`)
    }
  }

export const load = (app: Application): void => {
  app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_, document) => {
    nameByHeading(document)
    categorize(document)
  })
  app.on(Application.EVENT_VALIDATE_PROJECT, validateComments(app.logger))
  app.renderer.on(Renderer.EVENT_BEGIN, ({ project }) => linkProtocol(project))
}
