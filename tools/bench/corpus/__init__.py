"""A made-up content folder of any size, for benchmarks: the same N and seed give the same bytes.

The records fill all fields at rates as in `examples/musterkreis/`.  Their sentences are the example
county's, with other nouns; places, vendors, products and figures are invented.
"""
