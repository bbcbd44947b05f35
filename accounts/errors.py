class ActionRefused(Exception):
    """An action cannot be done now; the text is for the person who tried."""
