"""Every way in which an example or an entity goes wrong: what the collator does with it, and how to mend it.

Established by running the collators of gliner 0.2.29 (data_processing/processor.py, collator.py); the fault matrix of
the tests holds this table to them.
"""

from __future__ import annotations

from typing import Final, NamedTuple

RAISES: Final = "raises"
LOST: Final = "lost"
WRONG: Final = "mislabelled"
NOTE: Final = "note"
EFFECTS: Final = (RAISES, LOST, WRONG, NOTE)
"""An example that ends the run; an entity that trains as a negative; one that trains as something else; no harm."""


class Reason(NamedTuple):
    """`what` continues "N entities: …" (or examples, as `unit` says); `does` is what training makes of it."""

    unit: str
    what: str
    does: str
    mend: str


_EXAMPLE, _ENTITY = "examples", "entities"
_INDICES: Final = "write the indices of the first and the last word, both inclusive and counted from 0"

REASONS: Final[dict[str, Reason]] = {
    "not-json": Reason(_EXAMPLE, "not JSON", "the file cannot be loaded", "mend the JSON"),
    "not-an-example": Reason(
        _EXAMPLE, "not an object", "the collator raises", 'write {"tokenized_text": [...], "ner": [...]}'
    ),
    "no-words-field": Reason(
        _EXAMPLE, "no tokenized_text", "the collator raises", "give the words as the list tokenized_text"
    ),
    "no-entities-field": Reason(_EXAMPLE, "no ner", "the collator raises", "give the entities as ner; none is []"),
    "word-not-text": Reason(
        _EXAMPLE,
        "a word that is no text",
        "the tokenizer raises or takes it apart",
        "write every word of tokenized_text as a string",
    ),
    "text-for-words": Reason(
        _EXAMPLE,
        "tokenized_text is one text, not a list of words",
        "each letter is taken for a word",
        "split the text into a list of words",
    ),
    "no-words": Reason(
        _EXAMPLE, "tokenized_text is empty", "a padding token stands in for the text", "drop the example"
    ),
    "blank-word": Reason(
        _EXAMPLE,
        "a word that is empty or blank",
        "the tokenizer yields nothing for it, and the labels of all later words sit one word too far right",
        "drop the word and count the indices anew",
    ),
    "text-cut": Reason(
        _EXAMPLE, "longer than max_len", "the words after max_len are cut off", "raise max_len, or split the text"
    ),
    "marker-in-text": Reason(
        _EXAMPLE, "the marker of an entity type is a word", "it is taken for one more type", "take it out of the text"
    ),
    "bad-types-field": Reason(
        _EXAMPLE, "ner_labels or ner_negatives is no list", "the collator raises", "write a list of labels"
    ),
    "repeated-type": Reason(
        _EXAMPLE, "ner_labels names a label twice", "its index is past the last type", "name each label once"
    ),
    "no-types": Reason(_EXAMPLE, "ner_labels is empty", "the model has no type to score", "drop ner_labels"),
    "field-not-read": Reason(
        _EXAMPLE, "a field that the collator does not read", "nothing", "the fields are tokenized_text and ner"
    ),
    "duplicate": Reason(
        _EXAMPLE, "the same words as an earlier example", "it counts twice", "keep one, or be sure that it is meant"
    ),
    "negatives-crowd-out": Reason(
        _EXAMPLE,
        "labels and ner_negatives together exceed max_types",
        "a random part is left out of each batch, labels too",
        "raise max_types, or give fewer ner_negatives",
    ),
    "bad-entity": Reason(
        _EXAMPLE, "an entity that is not [start, end, label]", "the collator raises", "write three items"
    ),
    "unusable-label": Reason(_EXAMPLE, "a label of a wrong type", "the collator raises", "write the label as a string"),
    "unusable-index": Reason(
        _EXAMPLE,
        "an index that is no number",
        "the collator raises or marks other words",
        "write the indices as whole numbers",
    ),
    "index-far-below-zero": Reason(_EXAMPLE, "an index before the first word", "the collator raises", _INDICES),
    "end-past-text": Reason(_ENTITY, "the end lies past the last word", "trained as a negative", _INDICES),
    "end-one-past": Reason(
        _ENTITY, "the end is the number of words: exclusive ends?", "trained as a negative", "write inclusive ends"
    ),
    "character-offsets": Reason(_ENTITY, "the indices look like character offsets", "trained as a negative", _INDICES),
    "cut-off": Reason(
        _ENTITY, "it ends after max_len words", "its words are cut off", "raise max_len, or split the text"
    ),
    "too-wide": Reason(
        _ENTITY, "wider than max_width words", "trained as a negative", "raise max_width, or mark a shorter span"
    ),
    "reversed": Reason(_ENTITY, "the end lies before the start", "no span has these ends", "swap start and end"),
    "negative-index": Reason(_ENTITY, "an index is negative", "it is no word, or counts from the end", _INDICES),
    "index-not-whole": Reason(
        _ENTITY, "an index that is no whole number", "trained as a negative", "write the indices as whole numbers"
    ),
    "label-not-in-types": Reason(
        _ENTITY, "the label is not in the example's ner_labels", "trained as a negative", "add it to ner_labels"
    ),
    "more-labels-than-max-types": Reason(
        _ENTITY,
        "the example has more labels than max_types",
        "a random choice of labels is left out of each batch",
        "raise max_types",
    ),
    "label-not-text": Reason(
        _ENTITY, "the label is empty or no text", "the model sees no name, or the word None", "name the label"
    ),
    "repeated-entity": Reason(_ENTITY, "the same entity twice", "counted once", "drop the copy"),
    "overlap": Reason(
        _ENTITY,
        "it overlaps an entity of the same label",
        "token-level labels of the two run together",
        "keep one of them",
    ),
    "on-nothing": Reason(
        _ENTITY, "it marks a text without words", "a padding token is trained as the entity", "drop it"
    ),
    "after-blank-word": Reason(
        _ENTITY, "it lies after a blank word", "other words are trained as the entity", "drop the blank word"
    ),
    "on-letters": Reason(
        _ENTITY, "tokenized_text is one text", "letters are trained as the entity", "split the text into words"
    ),
}
