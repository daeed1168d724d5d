"""The drawing code of the example campaigns: flat cut-paper pictures, made with Pillow and nothing else."""
