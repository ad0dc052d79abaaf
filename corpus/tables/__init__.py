"""The table layer: digests, validation, Parquet files and counted facts. It knows no seeds."""
