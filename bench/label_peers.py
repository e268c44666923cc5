"""The ways to find labels that ours is measured beside, each set up as its makers advise for short names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import bm25s
import numpy as np
import psycopg
import tantivy
from rapidfuzz import fuzz, process
from sklearn.feature_extraction.text import TfidfVectorizer

from backend.skills.label_index import LabelIndex
from backend.skills.label_index.normalise import normalise
from bench.label_data import Labels
from scripts.postgres import database_url

Search = Callable[[str], list[str]]
TOP = 10


def ours(labels: Labels) -> Search:
    index = LabelIndex(labels)
    return lambda text: [hit.concept_id for hit in index.search([text])[0]]


def rapidfuzz_with(scorer: Callable[..., float]) -> Callable[[Labels], Search]:
    """Compare with every label, by one of rapidfuzz's ratios."""

    def build(labels: Labels) -> Search:
        texts = [normalise(text) for _, text in labels]
        return lambda text: [
            labels[row][0] for _, _, row in process.extract(normalise(text), texts, scorer=scorer, limit=TOP)
        ]

    return build


def char_tfidf(labels: Labels) -> Search:
    """Cosine of 3-letter grams within words, by scikit-learn and a sparse product."""
    vectoriser = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3), sublinear_tf=True)
    matrix = vectoriser.fit_transform(normalise(text) for _, text in labels).T.tocsr()

    def search(text: str) -> list[str]:
        row = vectoriser.transform([normalise(text)]) @ matrix
        best = np.argsort(-row.data, kind="stable")[:TOP]
        return [labels[place][0] for place in row.indices[best]]

    return search


def bm25(labels: Labels) -> Search:
    """BM25 over the same grams, by bm25s."""
    index = bm25s.BM25()
    index.index([_grams(text) for _, text in labels], show_progress=False)

    def search(text: str) -> list[str]:
        rows, scores = index.retrieve([_grams(text)], k=TOP, show_progress=False)
        return [labels[row][0] for row, score in zip(rows[0], scores[0], strict=True) if score > 0]

    return search


def tantivy_grams(labels: Labels) -> Search:
    """BM25 over the same grams, by tantivy, in memory."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("grams", tokenizer_name="whitespace", index_option="freq")
    builder.add_unsigned_field("row", stored=True)
    schema = builder.build()
    index = tantivy.Index(schema)
    writer = index.writer(heap_size=100_000_000, num_threads=1)
    for row, (_, text) in enumerate(labels):
        writer.add_document(tantivy.Document(grams=" ".join(_grams(text)), row=row))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(text: str) -> list[str]:
        terms = [tantivy.Query.term_query(schema, "grams", gram) for gram in dict.fromkeys(_grams(text))]
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])
        hits = searcher.search(query, TOP).hits
        return [labels[searcher.doc(address)["row"][0]][0] for _, address in hits]

    return search


@contextmanager
def trigram_table() -> Iterator[Callable[[Labels], Search]]:
    """PostgreSQL with a GIN index of trigrams (pg_trgm), on a server of our own."""
    with database_url() as url, psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        connection.execute("SET jit = off")

        def build(labels: Labels) -> Search:
            connection.execute("DROP TABLE IF EXISTS label")
            connection.execute("CREATE UNLOGGED TABLE label (concept text, text text)")
            with connection.cursor() as cursor, cursor.copy("COPY label FROM STDIN") as copy:
                for concept, text in labels:
                    copy.write_row((concept, text))
            connection.execute("CREATE INDEX ON label USING gin (text gin_trgm_ops)")
            connection.execute("VACUUM ANALYZE label")
            query = "SELECT concept FROM label WHERE text %% %s ORDER BY similarity(text, %s) DESC LIMIT 10"
            return lambda text: [row[0] for row in connection.execute(query, (text, text), prepare=True)]

        yield build


def peers() -> dict[str, Callable[[Labels], Search]]:
    """Name the ways that need no server."""
    return {
        "Praktikbron": ours,
        "char TF-IDF (scikit-learn)": char_tfidf,
        "bm25s, 3-grams": bm25,
        "tantivy, 3-grams": tantivy_grams,
        "rapidfuzz ratio": rapidfuzz_with(fuzz.ratio),
        "rapidfuzz token_sort_ratio": rapidfuzz_with(fuzz.token_sort_ratio),
        "rapidfuzz WRatio": rapidfuzz_with(fuzz.WRatio),
    }


def _grams(text: str) -> Sequence[str]:
    """Split into 3-letter grams within words, a blank written as an underscore."""
    padded = f"_{normalise(text).replace(' ', '_')}_"
    return [padded[place : place + 3] for place in range(len(padded) - 2) if padded[place + 1] != "_"]
