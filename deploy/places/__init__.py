"""Steps of `deploy/compile_places.py`: reading the sources and writing the compact files of `data/places`."""
