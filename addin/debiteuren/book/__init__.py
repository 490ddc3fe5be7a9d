"""The workbook: its surface, reading it into domain types, writing results back, and making a new one."""
