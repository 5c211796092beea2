import type { ComponentChild } from 'preact'
import { sentenceOf } from '../src/view/sentence.js'
import { Actions } from './Actions.js'
import { Chart } from './Chart.js'
import { Detail } from './Detail.js'
import { Filters } from './Filters.js'
import type { Model } from './Model.js'
import { Picture } from './Picture.js'
import { Responses } from './Responses.js'
import { Table } from './Table.js'
import { Text } from './Text.js'

export const App = ({ model }: { readonly model: Model }): ComponentChild => {
  const { data, timeline } = model
  return (
    <>
      <header>
        <h1>
          <Text of={data.title} />
        </h1>
        <p class="sentence">{sentenceOf(data)}</p>
        {data.notes.map(note => (
          <p class="note">
            <Text of={note} />
          </p>
        ))}
        {data.responses.length > 0 && data.rows.length > 0 && (
          <p>
            <button type="button" onClick={() => document.getElementById('responses-title')?.focus()}>
              See what is wrong with{' '}
              {data.responses.length === 1 ? 'the response' : `${data.responses.length} responses`}
            </button>
          </p>
        )}
      </header>
      <main>
        {data.rows.length > 0 && (
          <>
            <Filters model={model} />
            <Picture model={model} />
            {timeline !== undefined && <Chart model={model} timeline={timeline} />}
            <Actions model={model} />
            <div class="columns">
              <Table model={model} />
              <Detail model={model} />
            </div>
          </>
        )}
        <Responses model={model} />
        <p role="status" class="status">
          {model.status}
        </p>
      </main>
    </>
  )
}
