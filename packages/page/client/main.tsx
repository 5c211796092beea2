/**
 * The program of the page.
 */
import './style.css'
import { render } from 'preact'
import { App } from './App.js'
import { createModel } from './Model.js'
import { printAll } from './printAll.js'
import { readData } from './readData.js'

const start = async (): Promise<void> => {
  const app = document.getElementById('app')
  if (app === null) return
  try {
    const model = createModel(await readData())
    app.replaceChildren()
    render(<App model={model} />, app)
    printAll(model)
    app.dataset.ready = 'true'
    performance.mark('ready')
  } catch (thrown) {
    const failure = document.createElement('p')
    failure.setAttribute('role', 'alert')
    failure.textContent = `The data of this page can't be read: ${String(thrown)}`
    app.append(failure)
  }
}

void start()
