"""What a report says: summary trees built from plain facts, behind the consent gate.

Pure: no database, no Flask, no spaCy. `tree` is the shape of a document, `material` is what builders need to know,
`consent` is the gate each builder passes itself, `wording` holds the report prose per language. How a tree looks on
paper is the business of `coding.formats`.
"""
