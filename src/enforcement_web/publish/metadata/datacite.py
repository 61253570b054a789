"""datacite.json: DataCite Metadata Schema 4.5, for a repository that registers a DOI of a version.

There is no DOI yet, so the record has none: its identifier is the permanent address, as ``alternateIdentifiers``.
"""

from typing import Any

from enforcement_web.publish.metadata.coverage import places
from enforcement_web.publish.metadata.files import ReleaseFile
from enforcement_web.publish.release import Release

_SPDX = {"rightsIdentifierScheme": "SPDX", "schemeUri": "https://spdx.org/licenses/"}


def datacite_metadata(release: Release, files: list[ReleaseFile]) -> dict[str, Any]:
    """Describe a version for DataCite; ``files`` are those whose sizes and formats it names."""
    about = release.about
    return {
        "alternateIdentifiers": [
            {"alternateIdentifier": about.version_address, "alternateIdentifierType": "permanent address"}
        ],
        "creators": [{"name": name, "nameType": "Organizational"} for name in about.authors],
        "titles": [{"title": about.title, "lang": "en"}],
        "publisher": {"name": about.credit, "lang": "en"},
        "publicationYear": str(about.day.year),
        "types": {"resourceType": "Data package", "resourceTypeGeneral": "Dataset"},
        "subjects": [{"subject": word, "lang": "en"} for word in about.keywords],
        "dates": [{"date": about.day.isoformat(), "dateType": "Issued"}],
        "language": "en",
        "relatedIdentifiers": [
            {
                "relatedIdentifier": about.address,
                "relatedIdentifierType": "URL",
                "relationType": "IsVersionOf",
                "resourceTypeGeneral": "Dataset",
            }
        ],
        "sizes": [f"{file.bytes} bytes ({file.path})" for file in files],
        "formats": sorted({file.media_type for file in files}),
        "version": about.version,
        "rightsList": [
            {"rights": license.title, "rightsUri": license.path, "rightsIdentifier": license.name, **_SPDX}
            for license in about.licenses
        ],
        "descriptions": [{"description": about.description, "descriptionType": "Abstract", "lang": "en"}],
        "geoLocations": [{"geoLocationPlace": place.name} for place in places(release)],
        "schemaVersion": "http://datacite.org/schema/kernel-4",
    }
