"""The seed layer: the shapes of the files in `seeds/`, and reading them with findings. It knows no Arrow."""
