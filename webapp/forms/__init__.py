"""What people fill in: one module per module of views."""
