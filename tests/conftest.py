import sys
from pathlib import Path

from hypothesis import settings

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

# Speed is measured in benchmarks, never in tests.
settings.register_profile("no-clock", deadline=None)
settings.load_profile("no-clock")
