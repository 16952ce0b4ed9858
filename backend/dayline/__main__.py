"""Makes `python -m dayline` the same as `dayline`."""

from dayline.cli.main import main

main()
