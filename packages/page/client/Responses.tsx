import type { ComponentChild } from 'preact'
import type { PageIssue, PageResponse } from '../src/PageData.js'
import { toLines } from '../src/view/exportRows.js'
import { visible } from '../src/view/visible.js'
import { copyLines } from './copy.js'
import { Lines } from './Detail.js'
import type { Model } from './Model.js'
import { Text } from './Text.js'

/** Each response without an outcome: why, where, and what could be read of it. */
export const Responses = ({ model }: { readonly model: Model }): ComponentChild => {
  const { responses } = model.data
  if (responses.length === 0) return null
  return (
    <section aria-labelledby="responses-title" class="responses">
      <h2 id="responses-title" tabIndex={-1}>
        What is wrong
      </h2>
      {responses.map((response, index) => (
        <Response model={model} response={response} name={`response-${index}`} />
      ))}
    </section>
  )
}

const Response = ({
  model,
  response: { source, error, issues, recovered, text },
  name,
}: {
  readonly model: Model
  readonly response: PageResponse
  readonly name: string
}): ComponentChild => (
  <article aria-label={source === '' ? 'The response' : visible(source)}>
    {source !== '' && (
      <h3>
        <Text of={source} />
      </h3>
    )}
    <p>
      <Text of={error} />
    </p>
    {issues.map((issue, index) => (
      <Issue issue={issue} name={`${name}-issue-${index}`} />
    ))}
    {recovered.length > 0 && (
      <>
        <h3>Task ids that could be read</h3>
        <ul>
          {recovered.map(({ task, resource, code }) => (
            <li>
              <code>
                <Text of={task} />
              </code>
              {resource !== undefined && (
                <>
                  {' '}
                  of <Text of={resource} />
                </>
              )}
              {code !== undefined && (
                <>
                  , code <Text of={String(code)} />
                </>
              )}
            </li>
          ))}
        </ul>
        <button
          type="button"
          onClick={() => void copyLines(model, toLines(recovered.map(({ task }) => task)))}
        >
          Copy these ids
        </button>
      </>
    )}
    {text !== undefined && text !== '' && (
      <details>
        <summary>The response as it came</summary>
        <pre tabIndex={0} role="group" aria-label="The response as it came">
          <Lines of={text} />
        </pre>
      </details>
    )}
  </article>
)

const Issue = ({ issue, name }: { readonly issue: PageIssue; readonly name: string }): ComponentChild => {
  const { message, pointer, line, column, excerpt } = issue
  return (
    <>
      <p id={name}>
        {line !== undefined && column !== undefined && (
          <b>
            Line {line}, column {column}
            {pointer === undefined ? '' : ', '}
          </b>
        )}
        {pointer !== undefined && (
          <code>
            <Text of={pointer} />
          </code>
        )}
        {line === undefined && pointer === undefined ? '' : ': '}
        <Text of={message} />
      </p>
      {excerpt !== undefined && <Excerpt excerpt={excerpt} name={name} />}
    </>
  )
}

/** The caret is below the character wherever the font puts that, also behind characters that are wider than others. */
const Excerpt = ({ excerpt, name }: { readonly excerpt: string; readonly name: string }): ComponentChild => {
  const [shown = '', caret = ''] = excerpt.split('\n')
  const at = Math.max(caret.length - 1, 0)
  const character = /^./su.exec(shown.slice(at))?.[0] ?? ' '
  return (
    <pre class="excerpt" tabIndex={0} role="group" aria-labelledby={name}>
      <Text of={shown.slice(0, at)} />
      <mark>{visible(character)}</mark>
      <Text of={shown.slice(at + character.length)} />
    </pre>
  )
}
