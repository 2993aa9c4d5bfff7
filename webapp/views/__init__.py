"""The pages: each module one blueprint, named as the verbs it calls."""
