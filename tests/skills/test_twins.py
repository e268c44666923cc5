"""Which concepts of two catalogues name the same thing."""

from backend.skills.understanding.twins import Entry, find_twins


def entry(key, scheme, name, *labels, kind="occupation", ssyk=""):
    return Entry(key, kind, scheme, ssyk, name, frozenset({name, *labels}))


def test_the_same_name_makes_twins_and_the_national_catalogue_speaks():
    assert find_twins([entry(1, "starter", "Kock"), entry(2, "jobtech", "KOCK")]) == {1: 2}


def test_a_name_that_the_other_lists_as_a_label_makes_twins():
    cleaner = entry(2, "jobtech", "Städare/Lokalvårdare", "Städare", "Lokalvårdare")

    assert find_twins([entry(1, "starter", "Lokalvårdare"), cleaner]) == {1: 2}


def test_a_label_of_two_is_nobody_s_twin():
    others = [entry(2, "jobtech", "Kock A", "Kock"), entry(3, "jobtech", "Kock B", "Kock")]

    assert find_twins([entry(1, "starter", "Kock"), *others]) == {}


def test_occupations_of_different_groups_are_different():
    driver = entry(1, "starter", "Förare", ssyk="8332")

    assert find_twins([driver, entry(2, "jobtech", "Förare", ssyk="8311")]) == {}
    assert find_twins([driver, entry(2, "esco", "Förare")]) == {1: 2}


def test_a_skill_and_an_occupation_of_one_name_are_different():
    assert find_twins([entry(1, "starter", "Massage", kind="skill"), entry(2, "jobtech", "Massage")]) == {}


def test_one_catalogue_has_no_twins_in_itself():
    assert find_twins([entry(1, "esco", "Kock"), entry(2, "esco", "Kock")]) == {}


def test_three_catalogues_have_one_speaker():
    entries = [entry(1, "starter", "Kock"), entry(2, "esco", "kock"), entry(3, "jobtech", "Kock")]

    assert find_twins(entries) == find_twins(entries[::-1])
    assert set(find_twins(entries).values()) == {3}
