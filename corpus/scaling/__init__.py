"""Bulk seeds: collections of any size, read as a stream, made into shards of the dataset by several processes.

A shard is a range of records of one file, bounded by their numbers alone. What a shard holds depends on its records,
the declarations and the program, and on nothing else: not on the batch, the number of workers, the machine or the
engine. So shards can be made anywhere, in any order, and kept.
"""
