"""`python -m dayline` is `dayline`."""

from dayline.cli import main

main()
