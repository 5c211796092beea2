import type { ComponentChild } from 'preact'
import type { PageRow } from '../src/PageData.js'
import { type CopiedIds, toCsv, toJson, toLines } from '../src/view/exportRows.js'
import { copy, copyLines } from './copy.js'
import type { Model } from './Model.js'

/** What can be taken from the page. */
export const Actions = ({ model }: { readonly model: Model }): ComponentChild => {
  const again = model.data.rows.filter(row => row.again === 'yes' && row.resource !== undefined)
  const shown = (): ReadonlyArray<PageRow> => model.shown.peek().flatMap(index => model.rowOf(index) ?? [])
  const copyIds = (ids: CopiedIds): Promise<void> => copyLines(model, ids)
  const save = (name: string, type: string, text: string): void => {
    const url = URL.createObjectURL(new Blob([text], { type }))
    const link = document.createElement('a')
    link.href = url
    link.download = name
    link.click()
    // The download has begun with what the URL names.
    setTimeout(() => URL.revokeObjectURL(url), 60_000)
    model.status.value = `Saved ${name}.`
  }
  return (
    <section aria-label="Export" class="actions">
      {again.length > 0 && (
        <button
          type="button"
          class="primary"
          onClick={() => void copyIds(toLines(again.map(row => row.resource)))}
        >
          Copy the ids that can be sent again ({again.length})
        </button>
      )}
      <button type="button" onClick={() => void copyIds(toLines(shown().map(row => row.task)))}>
        Copy the task ids shown
      </button>
      <button
        type="button"
        onClick={() => save('task-outcome.csv', 'text/csv;charset=utf-8', toCsv(shown()))}
      >
        Save CSV
      </button>
      <button type="button" onClick={() => save('task-outcome.json', 'application/json', toJson(shown()))}>
        Save JSON
      </button>
      <button
        type="button"
        onClick={() => {
          void copy(location.href).then(done => {
            model.status.value = done ? 'Copied the link.' : 'The browser did not allow to copy.'
          })
        }}
      >
        Copy the link to this view
      </button>
      <button type="button" onClick={() => print()}>
        Print
      </button>
    </section>
  )
}
