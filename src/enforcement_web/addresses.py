"""Permanent addresses of the package, its versions and its records.

The descriptor's ``id`` is where they begin: ``{id}`` is the package, ``{id}{version}`` one release of it,
``{id}{table}/{record}`` a record as it stands in the newest release, and ``{id}{version}/{table}/{record}`` the record
as it stood in one. The key of a record of several columns is joined by ``+``. docs/citing.md says where they lead.
"""

from collections.abc import Sequence
from urllib.parse import quote

from enforcement_web.package import Package


def package_address(package: Package, is_versioned: bool = False) -> str:
    """Address of the package, or of the release whose version it has."""
    base = str(package.descriptor.get("id", ""))
    return f"{base}{package.version}" if is_versioned else base


def record_address(package: Package, table: str, key: Sequence[str], is_versioned: bool = False) -> str:
    """Address of a record by its table and its key, one text for each key column."""
    base = package_address(package, is_versioned)
    before = f"{base}/" if is_versioned else base
    return f"{before}{table}/{'+'.join(quote(part, safe='') for part in key)}"
