"""Pictures as SVG geometry: pure functions from records to coordinates, drawn by templates.

Pictures with a scale from left to right give their coordinates in percent of the drawing, so that they
fit every width while their words keep the size of the text; maps and networks count in pixels.  Every
picture stands beside a table that says the same.
"""
