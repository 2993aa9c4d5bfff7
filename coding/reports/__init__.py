"""Reports out of the rows: gather what a builder needs, build, write the Word file, and put it in the register."""

from coding.reports.building import BuiltReport, build, register
from coding.reports.gathering import role_word

__all__ = ["BuiltReport", "build", "register", "role_word"]
