"""Tools of the developers; nothing here is needed to build a wiki."""
