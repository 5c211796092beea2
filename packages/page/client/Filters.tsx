import type { ComponentChild } from 'preact'
import { rowStates, stateName } from '../src/RowState.js'
import { countStates } from '../src/view/sentence.js'
import type { Model } from './Model.js'
import { Sign } from './Sign.js'

/** The counts, each a filter, and the search. */
export const Filters = ({ model }: { readonly model: Model }): ComponentChild => {
  const { rows } = model.data
  const { states, again, search } = model.selection.value
  const counts = countStates(rows)
  const canSendAgain = rows.filter(row => row.again === 'yes').length
  return (
    <section aria-label="Filter" class="filters">
      <div role="group" aria-label="Counts by state" class="counts">
        {rowStates
          .filter(state => counts[state] > 0 || states.includes(state))
          .map(state => (
            <button
              type="button"
              key={state}
              aria-pressed={states.includes(state)}
              onClick={() => model.toggleState(state)}
            >
              <Sign state={state} /> <b>{counts[state]}</b> {stateName(state)}
            </button>
          ))}
        {(canSendAgain > 0 || again) && (
          <button type="button" aria-pressed={again} onClick={() => model.change({ again: !again })}>
            <b>{canSendAgain}</b> can be sent again
          </button>
        )}
      </div>
      <label class="search">
        Search{' '}
        <input
          type="search"
          value={search}
          spellcheck={false}
          autocomplete="off"
          placeholder="id, code or message"
          onInput={event => model.change({ search: event.currentTarget.value })}
        />
      </label>
      <p class="shown" role="status">
        {model.shown.value.length === rows.length
          ? `All ${rows.length} are shown.`
          : `${model.shown.value.length} of ${rows.length} are shown.`}
      </p>
    </section>
  )
}
