"""One module per command of `pesut`, named in `cli.main.COMMANDS`.

A module has either a function `command` (a command without subcommands) or a `typer.Typer` named `app` (one with). It is
imported only when its command is called; what is heavy is still imported inside the function, so that `--help` is quick.
"""
