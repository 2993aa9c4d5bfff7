"""The name finder: proposals of what could tell who somebody is. A person decides on each of them."""
