"""Excel files."""

from datetime import date
from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from backend.core.ui.excel import excel_response

CELL = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}c"


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
