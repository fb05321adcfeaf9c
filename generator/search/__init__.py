"""The search room: from documents to a search engine in the reader's browser.

    documents ── analysis ── index (compounds, initials, lexicon) ── shards → script files
    synonyms ────────┘                                                  │
                                    browser: theme/assets/javascripts/suche/
    terminal: finding ── ranking ── query (vocabulary) ── reader ───────┘

The room knows nothing of records: it takes ``SearchDocument`` objects and gives files. The engine
exists twice, here and in the browser; ``tests/search/test_parity.py`` holds both together.
"""
