"""A city's folder is read strictly: every fault is told, with its file and line, and all at once."""

from pathlib import Path

import pytest

from pesut.city.loader import inspect_folder, read_city, read_folder
from pesut.errors import CatalogError
from pesut.settings import SAMARINDA

HIGHLAND = Path(__file__).parents[2] / "cities" / "lembah_halimun"


def replace(file: Path, old: str, new: str) -> int:
    """Replace the first `old` in a file; the line it stands on."""
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))
    return text[: text.index(old)].count("\n") + 1


def append(file: Path, text: str) -> int:
    """Add text to the end of a file; the line it begins on."""
    before = file.read_text()
    file.write_text(before + text)
    return before.count("\n") + 1


def problems(folder: Path) -> list[str]:
    with pytest.raises(CatalogError) as caught:
        read_folder(folder)
    return caught.value.problems


@pytest.mark.parametrize("path", [SAMARINDA, HIGHLAND], ids=["samarinda", "highland"])
def test_the_cities_hold_together(path: Path) -> None:
    found = inspect_folder(path)
    assert found.problems == []
    assert found.warnings == []
    assert found.folder is not None


def test_samarinda_has_its_districts_and_villages() -> None:
    regions = read_folder(SAMARINDA).regions
    levels = [region.level.value for region in regions]
    assert (levels.count("city"), levels.count("district"), levels.count("village")) == (1, 10, 59)
    assert sum(region.area_km2 or 0 for region in regions if region.level == "village") == pytest.approx(
        716.8, rel=0.001
    )


def test_the_folder_says_what_its_files_say() -> None:
    folder = read_folder(HIGHLAND)
    regions = {region.code: region for region in folder.regions}
    assert regions["91.07.03.2001"].aliases == ("telogo wening", "telaga")
    assert regions["91.07.03.2001"].parent == "91.07.03"
    assert regions["91.07.01"].latitude == -7.2
    assert [agency.code for agency in folder.agencies] == ["dinas_tani", "dinas_jalan", "badan_bencana"]
    assert folder.city.words["pira"] == "berapa"
    assert {document.head.code for document in folder.documents} == {"perbup-12-2024", "kep-talud-2023"}


def test_the_digest_follows_the_content_and_not_the_layout(folder: Path) -> None:
    before = read_folder(folder).digest
    append(folder / "agencies.yml", "# a comment\n")
    assert read_folder(folder).digest == before
    replace(folder / "agencies.yml", "short_name: DPU", "short_name: PU")
    assert read_folder(folder).digest != before


def test_broken_yaml_names_its_line(folder: Path) -> None:
    line = append(folder / "city.yml", "letterhead: [unclosed\n")
    assert len(found := problems(folder)) == 1
    assert found[0].startswith(f"city.yml:{line + 1}: not valid YAML")


def test_an_unknown_key_names_the_nearest(folder: Path) -> None:
    line = replace(folder / "city.yml", "timezone:", "timezonee:")
    assert f"city.yml:{line}: unknown key 'timezonee'; did you mean 'timezone'?" in problems(folder)


def test_a_missing_time_zone_is_told(folder: Path) -> None:
    replace(folder / "city.yml", "Asia/Jakarta", "Asia/Atlantis")
    (found,) = problems(folder)
    assert "timezone" in found


def test_a_word_that_yaml_reads_as_no_text_is_told(folder: Path) -> None:
    line = replace(folder / "city.yml", "ora: tidak", "ora: no")
    assert problems(folder) == [f"city.yml:{line}: 'words.ora' must be text, not False (put it in quotes)"]


def test_a_producer_that_is_no_agency(folder: Path) -> None:
    line = replace(folder / "catalog/tani.yml", "producer: dinas_tani", "producer: dinas_tanii")
    (found,) = problems(folder)
    assert found.startswith(f"catalog/tani.yml:{line}: dataset 'panen': producer: there is no agency 'dinas_tanii'")


def test_a_code_that_is_taken(folder: Path) -> None:
    at = append(folder / "agencies.yml", "  - {code: dinas_tani, name: Lagi}\n")
    row = append(folder / "regions.csv", "91.07.01,district,Lagi,91.07,,,\n")
    found = problems(folder)
    assert f"agencies.yml:{at}: agency 'dinas_tani': this code is already taken at agencies.yml:2" in found
    assert f"regions.csv:{row}: region '91.07.01': this code is already taken on line 3" in found


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("91.07.09.1,village,Baru,91.07.9,,,", "there is no parent '91.07.9'; did you mean '91.07"),
        ("91.07.09.1,village,Baru,91.07,,,", "the parent of a village must be a district, but '91.07' is a city"),
        ("91.07.09.1,village,Baru,,,,", "a village needs a parent, the code of its district"),
        ("92,city,Lain,91.07,,,", "a city has no parent, but '91.07' is given"),
        ("91.07.09,hamlet,Baru,91.07,,,", "'level'"),
        ("91.07.09,district,Baru,91.07,north,,", "'latitude'"),
        ("91.07.09,district,Baru,91.07,-95,0,1", "'latitude'"),
        ("91.07.09,district,,91.07,,,", "'name' is missing"),
        ("91.07.09,district,Baru,91.07,1,2,3,4", "the line has more values than columns"),
    ],
)
def test_a_bad_region(folder: Path, row: str, message: str) -> None:
    line = append(folder / "regions.csv", f"{row}\n")
    (found,) = problems(folder)
    assert found.startswith(f"regions.csv:{line}: region '{row.split(',', maxsplit=1)[0]}': {message}")


def test_a_bad_header(folder: Path) -> None:
    replace(folder / "regions.csv", "code,level,name,parent", "code,level,title,parnt")
    found = problems(folder)
    assert "regions.csv:1: the column 'name' is missing" in found
    assert "regions.csv:1: unknown column 'parnt'; did you mean 'parent'?" in found


def test_the_root_must_be_the_city(folder: Path) -> None:
    line = replace(folder / "city.yml", 'root: "91.07"', 'root: "91.07.01"')
    assert problems(folder) == [
        f"city.yml:{line}: root: the region '91.07.01' must be of level city, but it is a district"
    ]


def test_aliases_of_no_region(folder: Path) -> None:
    line = append(folder / "aliases.yml", '  "91.07.77": [antah berantah]\n  "91.07.02": kawah\n')
    found = problems(folder)
    assert any(each.startswith(f"aliases.yml:{line}: there is no region '91.07.77'") for each in found)
    assert f"aliases.yml:{line + 1}: region '91.07.02': its other names must be a list of texts" in found


def test_an_item_in_no_region(folder: Path) -> None:
    line = replace(folder / "catalog/alam.yml", "region: 91.07.02.2001", "region: 91.07.02.9999")
    (found,) = problems(folder)
    assert found.startswith(f"catalog/alam.yml:{line}: dataset 'cuaca_gunung', item 'pos_kawah': there is no region")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("metric: suhu_terendah", "metric: suhu_terenda", "tile 'kawah': There is no metric 'suhu_terenda'."),
        ("values: [pos_kawah]", "values: [pos_kawa]", "tile 'kawah': There is no item 'pos_kawa'. Nearest: pos_kawah"),
        ("dimension: item", "dimension: region", "tile 'kawah': there is no region 'pos_kawah'"),
        ("code: keluhan", "code: kawah", "tile 'kawah': another tile has this code"),
    ],
)
def test_a_tile_that_asks_for_what_is_not_there(folder: Path, old: str, new: str, message: str) -> None:
    replace(folder / "city.yml", old, new)
    assert [message in each for each in problems(folder)] == [True]


def test_a_source_of_reports_that_fits_neither_catalog_nor_others(folder: Path) -> None:
    source = "{code: desa, url: https://desa.example/v2, services: {'006': ham}}"
    line = append(folder / "city.yml", f"open311:\n  sources:\n    - {source}\n    - {source}\n") + 2
    assert problems(folder) == [
        f"city.yml:{line}: source 'desa': there is no category 'ham'; did you mean 'hama'?",
        f"city.yml:{line + 1}: source 'desa': another source has this code",
        f"city.yml:{line + 1}: source 'desa': there is no category 'ham'; did you mean 'hama'?",
    ]


def test_a_category_of_no_catalog(folder: Path) -> None:
    line = replace(folder / "agencies.yml", "[jalan_desa]", "[jalan_des]")
    assert problems(folder) == [
        f"agencies.yml:{line}: agency 'dinas_jalan': there is no category 'jalan_des'; did you mean 'jalan_desa'?"
    ]


def test_faults_of_all_files_come_at_once(folder: Path) -> None:
    replace(folder / "city.yml", "name:", "nama:")
    replace(folder / "agencies.yml", "mandate:", "mandat:")
    replace(folder / "regions.csv", "91.07.04,district", "91.07.04,distrik")
    replace(folder / "catalog/tani.yml", "form: ratio", "form: rasio")
    (folder / "documents" / "perbup-hama.md").write_text("no head")
    assert {problem.split(":")[0] for problem in problems(folder)} == {
        "city.yml", "agencies.yml", "regions.csv", "catalog/tani.yml", "documents/perbup-hama.md",
    }  # fmt: skip


def test_missing_files_are_told(tmp_path: Path) -> None:
    found = inspect_folder(tmp_path).problems
    assert [problem.split(":")[0] for problem in found[:3]] == ["city.yml", "regions.csv", "agencies.yml"]
    assert "there is no such folder" in inspect_folder(tmp_path / "nowhere").problems[0]


def test_bytes_that_are_no_text(folder: Path) -> None:
    for name in ("city.yml", "regions.csv", "agencies.yml", "aliases.yml", "documents/perbup-hama.md"):
        (folder / name).write_bytes(b"\xff\xfe\x00")
    found = problems(folder)
    assert sum("not UTF-8" in problem for problem in found) == 5


def test_who_the_city_is_can_be_read_alone(folder: Path) -> None:
    (folder / "regions.csv").unlink()
    assert read_city(folder).name == "Lembah Halimun"
    (folder / "city.yml").unlink()
    with pytest.raises(CatalogError, match="there is no such file"):
        read_city(folder)
