"""What PyInstaller freezes: one call of Dictation."""

import sys

from dictation.frozen_start import main

sys.exit(main())
