from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


class ModuleManifestStorage(ManifestStaticFilesStorage):
    """Hashed file names also inside ES modules and `@import … layer()`."""

    support_js_module_import_aggregation = True
