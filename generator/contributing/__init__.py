"""Ways in: new records, evaluations under way, Excel, issues, and the report on a change.

    need ── existing (search, likeness) ─┐
    answers, workbook, issue ── raw data ┼─ drafts (the checks of the whole wiki, before anything is
    change of a record ── front_matter ──┘   written) ── files, all or none

Whatever comes in is raw data as a YAML file would hold it, and passes the very checks of `wissen check`
in memory: personal data and secrets of a procurement are stopped before they reach the disk.
"""
