"""`python -m dayline` is `dayline`."""

from dayline.cli.main import main

main()
