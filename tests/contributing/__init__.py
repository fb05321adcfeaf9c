"""Ways in: new records, evaluations under way, Excel, issues, reports."""
