"""What a package says of itself in its descriptor, for everything that names, credits or cites it."""

from dataclasses import dataclass
from datetime import date

from enforcement_web.addresses import package_address
from enforcement_web.package import DESCRIPTOR, Package
from enforcement_web.problem import PackageError, Problem


@dataclass(frozen=True)
class License:
    """A license: its SPDX identifier, what it is for, and where it can be read."""

    name: str
    title: str
    path: str


@dataclass(frozen=True)
class About:
    """The descriptor's own words on the package (Data Package v2, package properties).

    ``day`` is the day of the version. ``licenses`` begin with that of the data. ``address`` is the permanent address of
    the package and ``version_address`` that of this version.
    """

    name: str
    title: str
    description: str
    version: str
    schema_version: str
    day: date
    authors: tuple[str, ...]
    keywords: tuple[str, ...]
    licenses: tuple[License, ...]
    address: str
    version_address: str

    @property
    def credit(self) -> str:
        """The authors as one text."""
        return "; ".join(self.authors)


def read_about(package: Package) -> About:
    """Read what the descriptor says. Raises PackageError when it does not tell the day of the version."""
    descriptor = package.descriptor
    contributors = descriptor.get("contributors", [])
    licenses = descriptor.get("licenses", [])
    return About(
        name=package.name,
        title=str(descriptor.get("title", package.name)),
        description=str(descriptor.get("description", "")),
        version=package.version,
        schema_version=package.schema_version,
        day=_day(package),
        authors=tuple(person["title"] for person in contributors if "author" in person.get("roles", [])),
        keywords=tuple(descriptor.get("keywords", [])),
        licenses=tuple(
            License(entry.get("name", ""), entry.get("title", ""), entry.get("path", "")) for entry in licenses
        ),
        address=package_address(package),
        version_address=package_address(package, is_versioned=True),
    )


def _day(package: Package) -> date:
    created = str(package.descriptor.get("created", ""))
    try:
        return date.fromisoformat(created[:10])
    except ValueError:
        message = 'a release needs a property "created" such as "2026-11-23T00:00:00Z", the day of the version'
        raise PackageError([Problem(DESCRIPTOR, 1, 1, "descriptor", message)]) from None
