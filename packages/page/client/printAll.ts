import { stateName } from '../src/RowState.js'
import { againNames } from '../src/view/sentence.js'
import { visible } from '../src/view/visible.js'
import type { Model } from './Model.js'

/**
 * On paper there is nothing to scroll: while the page is printed, a plain table has every row that is shown. It is made at once,
 * since the browser does not wait for anything.
 */
export const printAll = (model: Model): void => {
  let table: HTMLTableElement | undefined
  const add = (): void => {
    if (table !== undefined || model.data.rows.length === 0) return
    table = document.createElement('table')
    table.className = 'printed'
    const head = table.createTHead().insertRow()
    for (const title of ['State', 'Resource', 'Task', 'Code', 'Send again', 'Meaning', 'Message']) {
      const cell = document.createElement('th')
      cell.textContent = title
      head.append(cell)
    }
    const body = table.createTBody()
    for (const index of model.shown.peek()) {
      const row = model.rowOf(index)
      if (row === undefined) continue
      const { state, resource = '', task = '', code = '', again, reason, message } = row
      const line = body.insertRow()
      for (const text of [stateName(state), resource, task, String(code), againNames[again], reason, message])
        line.insertCell().textContent = visible(text)
    }
    document.querySelector('main')?.append(table)
  }
  const remove = (): void => {
    table?.remove()
    table = undefined
  }
  addEventListener('beforeprint', add)
  addEventListener('afterprint', remove)
  matchMedia('print').addEventListener('change', ({ matches }) => {
    if (matches) add()
    else remove()
  })
}
