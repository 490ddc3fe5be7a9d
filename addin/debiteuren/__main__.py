"""`python -m debiteuren` is the same as the command `debiteuren`."""

from debiteuren.cli import main

if __name__ == "__main__":
    main()
