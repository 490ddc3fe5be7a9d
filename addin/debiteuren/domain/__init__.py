"""What the product talks about: amounts, days, invoices, payments, arrangements. Standard library only."""
