"""The rules of the field, one question a module: values in, values out; no clock, no files."""
