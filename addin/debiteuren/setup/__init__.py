"""Making Excel and this program know each other on one computer, for one user, without an administrator.

`install` makes and takes back; `checks` looks and changes nothing. What a computer is like comes in as a
`Computer`, so that Windows and macOS are tried on any machine.
Leaves to others: what is printed (cli_setup.py), workbooks of an older version (book/renewal.py).
"""
