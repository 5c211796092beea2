// What is checked along the way, and how it came out.

export const results = { passed: 0, failed: 0 }

/** Notes whether what must hold does: there is a fault if it does not. */
export const check = (rule: string, fault: string | undefined): void => {
  results[fault === undefined ? 'passed' : 'failed'] += 1
  console.log(fault === undefined ? `ok: ${rule}` : `FAILED: ${rule}\n  ${fault}`)
}

export const same = (rule: string, found: unknown, wanted: unknown): void => {
  const [a, b] = [JSON.stringify(found), JSON.stringify(wanted)]
  check(rule, a === b ? undefined : `found ${a}, not ${b}`)
}
