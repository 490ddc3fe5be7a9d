"""Why the editor did not do what was asked: every text is Dutch and says what, where and what to do."""


class Refused(Exception):  # noqa: N818 - the name is the contract's
    """The edit is not made; the file is as it was."""


class NotAWorkbook(Refused):
    """The file is no .xlsx or .xlsm."""


class InUse(Refused):
    """Another program has the workbook open."""


class Unwritable(Refused):
    """The disk, the folder or its permissions are in the way."""
