"""How days and numbers are written in each language, beyond what Django knows."""
