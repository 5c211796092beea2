// What is checked along the way, and how it came out.

export const results = { passed: 0, failed: 0 }

/** Notes whether what must hold does: there is a fault if it does not. */
export const check = (rule, fault) => {
  results[fault === undefined ? 'passed' : 'failed'] += 1
  console.log(fault === undefined ? `ok: ${rule}` : `FAILED: ${rule}\n  ${fault}`)
}

export const same = (rule, found, wanted) => {
  const [a, b] = [found, wanted].map(value => JSON.stringify(value))
  check(rule, a === b ? undefined : `found ${a}, not ${b}`)
}
