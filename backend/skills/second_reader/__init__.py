"""One more pair of eyes, optional: a sentence model is asked where the label index would ask or leave alone.

A reader turns texts into vectors (`reader`); those of the catalogue's labels are made once per catalogue and
kept on disk (`vectors`); `opinion` puts both answers together. Which reader, if any, the setting
`SECOND_READER` says (`configured`). Plain Python and NumPy but for `configured`; the packages of the models
are an extra.
"""

from backend.skills.second_reader.opinion import SecondOpinion
from backend.skills.second_reader.reader import SecondReader, UnusableReader
from backend.skills.second_reader.vectors import LabelVectors

__all__ = ["LabelVectors", "SecondOpinion", "SecondReader", "UnusableReader"]
