import type { ComponentChild } from 'preact'
import { stateName } from '../src/RowState.js'
import { againSentences } from '../src/view/sentence.js'
import { showDuration, showTime } from '../src/view/Timeline.js'
import { copy } from './copy.js'
import type { Model } from './Model.js'
import { Sign } from './Sign.js'
import { Text } from './Text.js'

/** Everything that is known of one row. */
export const Detail = ({ model }: { readonly model: Model }): ComponentChild => {
  const { row: index } = model.selection.value
  const row = index === undefined ? undefined : model.rowOf(index)
  const close = (): void => {
    model.change({ row: undefined })
    document.getElementById('grid')?.focus()
  }
  if (row === undefined)
    return (
      <section aria-labelledby="detail-title" class="detail">
        <h2 id="detail-title" tabIndex={-1}>
          Details
        </h2>
        <p>Choose a row to see its entry, its ids and its history.</p>
      </section>
    )
  const { resource, task, code, reason, message, again, source = '', entry, rounds = [] } = row
  const { submittedAtMs, endedAtMs } = row
  return (
    <section
      aria-labelledby="detail-title"
      class="detail"
      onKeyDown={event => {
        if (event.key === 'Escape') close()
      }}
    >
      <h2 id="detail-title" tabIndex={-1}>
        <Text of={resource ?? task ?? 'Without an id'} />
      </h2>
      <p class="state">
        <Sign state={row.state} /> {stateName(row.state)}
      </p>
      <dl>
        <Id name="Resource" id={resource} model={model} />
        <Id name="Task" id={task} model={model} />
        <Field name="Code" text={code === undefined ? '' : String(code)} />
        <Field name="Meaning" text={reason} />
        <Field name="Message" text={message} />
        <Field name="Send again?" text={againSentences[again]} />
        <Field name="Response" text={source} />
        <Field name="Submitted" text={submittedAtMs === undefined ? '' : showTime(submittedAtMs)} />
        <Field name="Ended" text={endedAtMs === undefined ? '' : showTime(endedAtMs)} />
        <Field
          name="Took"
          text={
            submittedAtMs === undefined || endedAtMs === undefined
              ? ''
              : showDuration(Math.max(endedAtMs - submittedAtMs, 0))
          }
        />
      </dl>
      {entry !== undefined && (
        <>
          <h3 id="entry-title">Entry in the response</h3>
          <pre tabIndex={0} role="group" aria-labelledby="entry-title">
            <Lines of={entry} />
          </pre>
        </>
      )}
      {rounds.length > 0 && (
        <>
          <h3>History</h3>
          <ol>
            {rounds.map(round => (
              <li>
                <Sign state={round.state} /> {stateName(round.state)}
                {round.code === undefined ? '' : ', '}
                <Text of={String(round.code ?? '')} />
                {round.reason === '' ? '' : ': '}
                <Text of={round.reason} />
                {round.message === '' ? '' : ' '}
                <Text of={round.message} />
                {round.atMs === undefined ? '' : `, ${showTime(round.atMs)}`}
              </li>
            ))}
          </ol>
        </>
      )}
      <button type="button" onClick={close}>
        Close the details
      </button>
    </section>
  )
}

const Field = ({ name, text }: { readonly name: string; readonly text: string }): ComponentChild =>
  text === '' ? null : (
    <div>
      <dt>{name}</dt>
      <dd>
        <Text of={text} />
      </dd>
    </div>
  )

/** An id is copied as it is, with its invisible characters. */
const Id = ({
  name,
  id,
  model,
}: {
  readonly name: string
  readonly id: string | undefined
  readonly model: Model
}): ComponentChild =>
  id === undefined ? null : (
    <div>
      <dt>{name}</dt>
      <dd>
        <code>
          <Text of={id} />
        </code>{' '}
        <button
          type="button"
          class="small"
          aria-label={`Copy the ${name.toLowerCase()} id`}
          onClick={() => {
            void copy(id).then(done => {
              model.status.value = done
                ? `Copied the ${name.toLowerCase()} id.`
                : 'The browser did not allow to copy.'
            })
          }}
        >
          Copy
        </button>
      </dd>
    </div>
  )

/** Text of many lines: line breaks stay what they are. */
export const Lines = ({ of }: { readonly of: string }): ComponentChild =>
  of.split(/(\r\n|\n|\r|\t)/).map((part, index) => (index % 2 === 1 ? part : <Text of={part} />))
