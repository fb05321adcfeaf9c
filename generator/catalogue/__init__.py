"""All records together: references both ways, validity, scores, use, kinship, and the rules across."""
