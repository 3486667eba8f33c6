"""Write completions for bash, zsh and fish."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from reader.cli.reference.command_tables import CommandInfo, OptionInfo


def bash_completion(commands: Sequence[CommandInfo]) -> str:
    """Return a script for bash. It completes commands, options, the values of options, and files."""
    opening, *subcommands = commands
    names = " ".join(command.name for command in subcommands)
    lines = [
        "# Completions of reader for bash. To use them: source <(reader completion bash)",
        "_reader() {",
        '  local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}" command="" word',
        '  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do',
        f'    case " {names} " in *" $word "*) command="$word"; break ;; esac',
        "  done",
        '  local words="" values=""',
        '  case "$command" in',
        *(line for command in subcommands for line in _bash_case(command.name, command)),
        *_bash_case('""', opening),
        "  esac",
        '  if [ -n "$values" ]; then COMPREPLY=($(compgen -W "$values" -- "$current")); return; fi',
        '  case "$current" in -*) COMPREPLY=($(compgen -W "$words" -- "$current")); return ;; esac',
        f'  [ -z "$command" ] && COMPREPLY=($(compgen -W "{names}" -- "$current"))',
        '  COMPREPLY+=($(compgen -f -- "$current"))',
        "}",
        "complete -o filenames -F _reader reader",
    ]
    return "\n".join(lines) + "\n"


def _bash_case(pattern: str, command: CommandInfo) -> Iterator[str]:
    words = " ".join(name for option in command.options for name in option.names)
    values = [
        f'{"|".join(option.names)}) values="{" ".join(option.choices)}" ;;'
        for option in command.options
        if option.names and option.choices
    ]
    actions = next((option.choices for option in command.options if not option.names and option.choices), ())
    yield f"    {pattern})"
    yield f'      words="{words}"'
    yield f'      case "$previous" in {" ".join((*values, _bash_actions(command.name, actions)))} esac ;;'


def _bash_actions(name: str, actions: Sequence[str]) -> str:
    return f'{name}) values="{" ".join(actions)}" ;;' if name and actions else ""


def zsh_completion(commands: Sequence[CommandInfo]) -> str:
    """Return a script for zsh."""
    opening, *subcommands = commands
    lines = [
        "#compdef reader",
        "# Completions of reader for zsh. Save as _reader in a folder of $fpath.",
        "_reader() {",
        "  local -a commands",
        "  commands=(",
        *(f"    {_quoted(f'{command.name}:{command.about}')}" for command in subcommands),
        "  )",
        "  if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then",
        "    _describe command commands; _files; return",
        "  fi",
        "  case $words[2] in",
        *(
            f"    {command.name}) shift words; (( CURRENT-- )); _arguments {_zsh_options(command)} ;;"
            for command in subcommands
        ),
        f"    *) _arguments {_zsh_options(opening)} ;;",
        "  esac",
        "}",
        '_reader "$@"',
    ]
    return "\n".join(lines) + "\n"


def _zsh_options(command: CommandInfo) -> str:
    parts = [_quoted(_zsh_option(name, option)) for option in command.options for name in option.names]
    actions = next((option.choices for option in command.options if not option.names and option.choices), ())
    if actions:
        parts.append(_quoted(f"1:action:({' '.join(actions)})"))
    return " ".join((*parts, _quoted("*:file:_files")))


def _zsh_option(name: str, option: OptionInfo) -> str:
    about = option.about.replace("[", "(").replace("]", ")").replace(":", "\\:")
    if not option.metavar:
        return f"{name}[{about}]"
    values = f"({' '.join(option.choices)})" if option.choices else "_files"
    return f"{name}[{about}]:{option.metavar}:{values}"


def fish_completion(commands: Sequence[CommandInfo]) -> str:
    """Return a script for fish."""
    opening, *subcommands = commands
    names = " ".join(command.name for command in subcommands)
    lines = ["# Completions of reader for fish. Save as reader.fish in ~/.config/fish/completions."]
    unset = f"not __fish_seen_subcommand_from {names}"
    lines += [
        f"complete -c reader -n {_quoted(unset)} -a {command.name} -d {_quoted(command.about)}"
        for command in subcommands
    ]
    lines += _fish_options(unset, opening)
    for command in subcommands:
        lines += _fish_options(f"__fish_seen_subcommand_from {command.name}", command)
    return "\n".join(lines) + "\n"


def _fish_options(condition: str, command: CommandInfo) -> Iterator[str]:
    for option in command.options:
        if option.names:
            names = " ".join(f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names)
            values = f" -xa {_quoted(' '.join(option.choices))}" if option.choices else " -r" if option.metavar else ""
            yield f"complete -c reader -n {_quoted(condition)} {names}{values} -d {_quoted(option.about)}"
        elif option.choices:
            yield f"complete -c reader -n {_quoted(condition)} -fa {_quoted(' '.join(option.choices))}"


def _quoted(text: str) -> str:
    """Return a text in single quotes, as all three shells read them."""
    return "'" + text.replace("'", "'\\''") + "'"


SHELLS: Final[dict[str, Callable[[Sequence[CommandInfo]], str]]] = {
    "bash": bash_completion,
    "zsh": zsh_completion,
    "fish": fish_completion,
}
"""The function that writes the completions of each shell."""
