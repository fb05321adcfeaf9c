"""The SIL-Wissensspeicher: records in, a searchable static wiki out."""
