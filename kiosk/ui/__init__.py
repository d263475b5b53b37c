"""What people see: view-models, list models, text and pictures; decisions are left to services."""
