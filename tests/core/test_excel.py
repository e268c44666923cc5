"""Excel files."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from backend.core.ui.excel import excel_response

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
CELL, VALUE = f"{MAIN}c", f"{MAIN}v"


def parts_of(response) -> ZipFile:
    return ZipFile(BytesIO(response.content))


class TestExcelResponse:
    def test_holds_headings_and_rows(self):
        response = excel_response(
            "platser", ["Titel", "Från"], [["Köksbiträde", date(2026, 3, 12)], ["Ö", None]]
        )

        texts = parts_of(response).read("xl/sharedStrings.xml").decode()
        assert all(word in texts for word in ("Titel", "Köksbiträde", "Ö"))
        assert response["Content-Disposition"] == 'attachment; filename="platser.xlsx"'

    def test_a_text_that_looks_like_a_formula_stays_a_text(self):
        response = excel_response("x", ["Titel"], [["=1+1"], ["+1"], ["@sum"], ["http://example.org"]])

        sheet = ET.fromstring(parts_of(response).read("xl/worksheets/sheet1.xml"))
        assert {cell.get("t") for cell in sheet.iter(CELL)} == {"s"}

    def test_the_sheet_has_a_name_that_excel_takes(self):
        book = parts_of(excel_response("praktik [alla]: 2026/27 – hela kommunen", ["X"], [])).read(
            "xl/workbook.xml"
        )

        assert ' name="Praktik alla 202627 – hela komm"' in book.decode()

    def test_days_and_numbers_are_none_of_them_texts(self):
        response = excel_response("x", ["A"], [[date(2026, 3, 12)], [Decimal("37.5")], [3], [None]])

        sheet = ET.fromstring(parts_of(response).read("xl/worksheets/sheet1.xml"))
        cells = [cell for cell in sheet.iter(CELL) if cell.get("t") != "s"]
        assert [cell.find(VALUE).text for cell in cells] == ["46093", "37.5", "3"]
        assert cells[0].get("s") != cells[1].get("s"), "a day is shown as a day"
