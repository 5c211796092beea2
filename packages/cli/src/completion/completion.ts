/**
 * Scripts that complete the command in a shell, made from its commands and options.
 *
 * @internal
 */

/** A command as the scripts need it. */
export interface CommandWords {
  readonly name: string
  readonly description: string
  readonly options: ReadonlyArray<OptionWords>
  /** The values of the first argument, if they are known. */
  readonly values: ReadonlyArray<string>
}

interface OptionWords {
  /** Such as `-o` and `--output`. */
  readonly flags: ReadonlyArray<string>
  readonly description: string
  readonly takesValue: boolean
  readonly values: ReadonlyArray<string>
}

export const shells = ['bash', 'zsh', 'fish'] as const

export const completionScript = (
  shell: (typeof shells)[number],
  name: string,
  commands: ReadonlyArray<CommandWords>,
): string => scripts[shell](name, commands)

const bash = (
  name: string,
  commands: ReadonlyArray<CommandWords>,
): string => `# Load it with: source <(${name} completion bash)
_task_outcome() {
  local current=\${COMP_WORDS[COMP_CWORD]} words=
  if [ "$COMP_CWORD" -eq 1 ]; then
    words='${commands.map(command => command.name).join(' ')} --help --version'
  else
    case "\${COMP_WORDS[1]} \${COMP_WORDS[COMP_CWORD-1]}" in
${commands
  .flatMap(command =>
    command.options
      .filter(({ takesValue }) => takesValue)
      .map(
        ({ flags, values }) =>
          `      ${flags.map(flag => `'${command.name} ${flag}'`).join('|')}) words='${values.join(' ')}' ;;`,
      ),
  )
  .join('\n')}
      *)
        case "\${COMP_WORDS[1]}" in
${commands
  .map(command => {
    const flags = command.options.flatMap(option => option.flags).join(' ')
    return `          ${command.name}) case "$current" in -*) words='${flags}' ;; *) words='${command.values.join(' ')}' ;; esac ;;`
  })
  .join('\n')}
        esac ;;
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _task_outcome ${name}
`

const zsh = (name: string, commands: ReadonlyArray<CommandWords>): string => `#compdef ${name}
# Load it with: source <(${name} completion zsh)
_task_outcome() {
  if (( CURRENT == 2 )); then
    local -a commands=(
${commands.map(command => `      ${quote(`${command.name}:${command.description}`)}`).join('\n')}
    )
    _describe command commands
    return
  fi
  case "$words[2]" in
${commands
  .map(
    command => `    ${command.name})
      shift words
      (( CURRENT-- ))
      _arguments ${[
        ...command.options.flatMap(option =>
          option.flags.map(flag =>
            quote(
              `${flag}[${option.description.replace(/[[\]:]/g, '')}]${option.takesValue ? `:value:${zshValues(option.values)}` : ''}`,
            ),
          ),
        ),
        quote(`1:argument:${zshValues(command.values)}`),
      ].join(' ')} ;;`,
  )
  .join('\n')}
  esac
}
compdef _task_outcome ${name}
`

const zshValues = (values: ReadonlyArray<string>): string =>
  values.length === 0 ? '_files' : `(${values.join(' ')})`

const fish = (
  name: string,
  commands: ReadonlyArray<CommandWords>,
): string => `# Load it with: ${name} completion fish | source
${commands
  .flatMap(command => [
    `complete -c ${name} -n __fish_use_subcommand -f -a ${command.name} -d ${fishQuote(command.description)}`,
    ...(command.values.length === 0
      ? []
      : [
          `complete -c ${name} -n '__fish_seen_subcommand_from ${command.name}' -f -a ${fishQuote(command.values.join(' '))}`,
        ]),
    ...command.options.map(({ flags, description, takesValue, values }) =>
      [
        `complete -c ${name} -n '__fish_seen_subcommand_from ${command.name}'`,
        ...flags.map(flag => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`)),
        ...(values.length > 0 ? [`-x -a ${fishQuote(values.join(' '))}`] : takesValue ? ['-r'] : []),
        `-d ${fishQuote(description)}`,
      ].join(' '),
    ),
  ])
  .join('\n')}
`

const scripts = { bash, zsh, fish }

const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

const fishQuote = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
