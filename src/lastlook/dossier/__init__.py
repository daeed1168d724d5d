"""The campaign folder: manifest, pictures, and later sheets and metadata. It reads, and decides nothing."""
