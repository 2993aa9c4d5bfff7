"""Proposing themes, one turn at a time.

`tagger` holds the rules of a codebook. What learns from coded passages is a second `proposals.Proposer`; whoever joins
the two compares their proposals by span and theme. With `interviews.detect` the only place that imports spaCy, and only
when a tagger is built.
"""
