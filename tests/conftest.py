import sys
from pathlib import Path

import pytest
from hypothesis import settings

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

from enforcement_web import Package
from enforcement_web.publish import build
from sample import ROOT

# Speed is measured in benchmarks, never in tests.
settings.register_profile("no-clock", deadline=None)
settings.load_profile("no-clock")


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release of the real data, built once."""
    out = tmp_path_factory.mktemp("release") / "dist"
    build(Package.open(ROOT), out)
    return out
