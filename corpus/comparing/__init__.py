"""What differs between two built datasets: rows by key, columns, values."""
