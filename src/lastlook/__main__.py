"""`python -m lastlook` is `lastlook`."""

import sys

from lastlook.cli.main import main

sys.exit(main())
