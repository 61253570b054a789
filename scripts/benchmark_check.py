"""Time enforcement-web check against frictionless validate on the same package, whole processes, in one run."""

import argparse
import statistics
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FACTOR = 5


def seconds(command: list[str]) -> float:
    """Run a command that must succeed and return its wall-clock time in seconds."""
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> int:
    """Print the median times and their ratio. Returns 1 when the check takes more than a fifth of the time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="runs of each command (default: 5)")
    runs = parser.parse_args().runs
    scripts = Path(sysconfig.get_path("scripts"))
    commands = {
        "enforcement-web check": [str(scripts / "enforcement-web"), "check"],
        "frictionless validate": [str(scripts / "frictionless"), "validate", "datapackage.json"],
    }
    medians = {}
    for name, command in commands.items():
        seconds(command)
        times = [seconds(command) for _ in range(runs)]
        medians[name] = statistics.median(times)
        print(f"{name:<24} median {medians[name]:6.2f} s  min {min(times):6.2f} s  max {max(times):6.2f} s  n={runs}")
    ratio = medians["frictionless validate"] / medians["enforcement-web check"]
    print(f"frictionless validate takes {ratio:.1f} times as long; the target is {FACTOR}")
    return 0 if ratio >= FACTOR else 1


if __name__ == "__main__":
    sys.exit(main())
