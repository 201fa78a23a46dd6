"""Each print format, printed to PDF by the host and read again."""

import io
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

import frappe
from frappe.model.document import Document

from complaint_handling.constants import COMPLAINT, CONTACT, DEFERRAL, EIGHT_D, EVALUATION, REVISIT, SLIP
from complaint_handling.printing.markup import PIECE_LENGTH, html_pieces, money, text_pieces
from tests.factories import (
	as_user,
	employee_of,
	make_complaint,
	make_department,
	make_eight_d,
	make_item,
	make_measure,
	make_revisit,
	make_slip,
)
from tests.integration import cases

FORMATS = {
	COMPLAINT: "Complaint Handling Record",
	SLIP: "Complaint Handling Slip",
	REVISIT: "Customer Visit Record",
	EIGHT_D: "8D Report",
	DEFERRAL: "Deferral Request",
	EVALUATION: "Complaint Evaluation",
}
# What a reader must find on each form: the title, heads and states in both languages, and the data.
EXPECTED = {
	COMPLAINT: (
		"Complaint Handling Record",
		"投诉处理记录",
		"Receipt",
		"投诉受理",
		"Registered",
		"已登记",
		"Manager Wang",
		"3号产线速度下降约35%",
		"CNY15,600.00",
		"2026-11-2010:00",
		"Goods Complained of",
		"TEST-GRINDER",
		"First Answer",
		"Timeline",
		"处理过程",
		"Slip issued",
		"Approved by",
		"批准",
	),
	SLIP: (
		"Complaint Handling Slip",
		"投诉处理单",
		"Content of the Complaint",
		"投诉内容",
		"Test Technical Service",
		"Find out why the spindle vibrates.",
		"轴承预紧力低于规格",
		"Signatures",
	),
	REVISIT: (
		"Customer Visit Record",
		"访问记录单",
		"After Installation",
		"Very Unsatisfied",
		"Manager Wang",
		"Visited by",
		"访问人",
	),
	DEFERRAL: (
		"Deferral Request",
		"推迟回访申请",
		"Material Shortage",
		"物料短缺",
		"Opinion of the Department",
		"延迟原因",
		"木皮供应商三周后到货",
		"No other supplier has this veneer",
		"General Manager's Office",
		"总经理室",
	),
	EVALUATION: (
		"Complaint Evaluation",
		"Accountability",
		"轴承预紧工序未规定扭矩",
		"Work instruction with the torque",
		"Improvements",
		"Standardisation",
		"A-2026-117",
	),
	EIGHT_D: (
		"8D Report",
		"8D报告",
		"D1 Team",
		"D3 Containment Actions",
		"Replace the bearing",
		"更换前轴承",
		"D8 Recognition",
		"Prepared by",
		"编制",
	),
}


def write(doc: Document, **values: Any) -> Document:
	"""Store values as the engine does, past the guard of the form, and return the document anew."""
	for fieldname, value in values.items():
		if doc.meta.get_field(fieldname).fieldtype == "Table":
			frappe.db.delete(
				doc.meta.get_field(fieldname).options, {"parent": doc.name, "parentfield": fieldname}
			)
			doc.set(fieldname, value)
			for row in doc.get(fieldname):
				row.parent, row.parenttype = doc.name, doc.doctype
				row.name = frappe.generate_hash(length=10)
				row.db_insert()
		else:
			doc.set(fieldname, value)
	doc.db_update()
	return frappe.get_doc(doc.doctype, doc.name)


def actions(employee: str, count: int) -> list[dict[str, Any]]:
	return [
		{
			"description": f"Replace the bearing of machine {index} and preload it again 更换前轴承并重新预紧",
			"responsible_employee": employee,
			"due_on": "2026-11-25",
			"done_on": "2026-11-24",
			"result": "Vibration 0.6 mm/s",
		}
		for index in range(1, count + 1)
	]


@pytest.fixture
def documents(cast: dict[str, str]) -> dict[str, Document]:
	"""One document of each kind, of one case, filled in as such documents are."""
	employee = employee_of(cast["handler"])
	with as_user(cast["agent"]):
		complaint = make_complaint(impact="3 号产线速度下降约 35 %", customer_importance="Strategic")
	complaint = write(
		complaint,
		received_on="2026-11-20 10:00:00",
		measures=[make_measure(employee)],
		remedies=[
			{
				"remedy_type": "Waived Service Hours",
				"quantity": 24,
				"rate": 650,
				"amount": 15600,
				"currency": "CNY",
				"conversion_rate": 1,
				"base_amount": 15600,
			}
		],
	)
	with as_user(cast["coordinator"]):
		slip = make_slip(complaint, make_department("Test Technical Service"))
		other_slip = make_slip(complaint, make_department("Test Quality"))
	write(other_slip, workflow_state="Issued")
	slip = write(
		slip,
		workflow_state="Issued",
		finding="主轴前轴承预紧力低于规格 Preload of the front bearing too low",
		issued_by=cast["coordinator"],
		issued_on="2026-11-20 11:00:00",
		measures=[make_measure(employee)],
	)
	with as_user(cast["quality_manager"]):
		eight_d = make_eight_d(complaint, (employee_of(cast["quality_manager"]), employee))
	eight_d = write(eight_d, corrective_actions=actions(employee, 3))
	with as_user(cast["agent"]):
		revisit = make_revisit(complaint)
	revisit = write(revisit, contacted_person="Manager Wang", contacted_phone="+86 21 5550 0101")
	deferral = write(
		cases.deferral_request(cast),
		workflow_state="With General Manager's Office",
		reason="木皮供应商三周后到货 The supplier of the veneer delivers in three weeks",
		requested_by=cast["handler"],
		requested_on="2026-11-20 14:00:00",
		department_opinion="Nothing else is in stock 库存无替代品",
		department_opinion_by=cast["department_manager"],
		department_opinion_on="2026-11-20 15:00:00",
		service_opinion="The customer moves in next week 客户下周入住",
		service_opinion_by=cast["coordinator"],
		service_opinion_on="2026-11-20 16:00:00",
		arbitration_request="No other supplier has this veneer",
		arbitration_requested_by=cast["handler"],
		arbitration_requested_on="2026-11-20 17:00:00",
	)
	documents = (complaint, slip, eight_d, revisit, deferral, evaluation(cast, employee))
	return {doc.doctype: doc for doc in documents}


def evaluation(cast: dict[str, str], employee: str | None = None) -> Document:
	"""Return the evaluation of an executed case; with an employee filled in, else as empty as one may be."""
	complaint = cases.awaiting_revisit(cast)
	filled = {
		"responsible_parties": [
			{
				"employee": employee,
				"share": 100,
				"finding": "轴承预紧工序未规定扭矩",
				"consequence": "Trained",
			}
		],
		"improvements": [
			{
				"proposal": "Work instruction with the torque",
				"responsible_employee": employee,
				"due_on": "2026-12-20",
			}
		],
		"archive_reference": "A-2026-117",
	}
	with as_user(cast["coordinator"]):
		return frappe.get_doc(
			{
				"doctype": EVALUATION,
				"complaint": complaint.name,
				"summary": "Answered in time, the cause was found on the second day.",
				"handling_quality": "Good",
				**(filled if employee else {}),
			}
		).insert()


def html_of(doc: Document) -> BeautifulSoup:
	"""Return the print of a document as the current user sees it."""
	html = frappe.get_print(doc.doctype, doc.name, FORMATS[doc.doctype])
	return BeautifulSoup(html, "html.parser").find(class_="ch-print")


def pdf_of(doc: Document) -> PdfReader:
	"""Return the PDF that the host makes of a document."""
	return PdfReader(io.BytesIO(frappe.get_print(doc.doctype, doc.name, FORMATS[doc.doctype], as_pdf=True)))


def folded(text: str) -> str:
	"""Return a text as it compares: without spaces, and with the characters that PDFs store as radicals."""
	return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def lines_of(page: Any) -> list[str]:
	"""Return the texts of a page from top to bottom, those of one height joined."""
	heights: dict[int, str] = {}

	def collect(text: str, matrix: list[float], text_matrix: list[float], *_font: object) -> None:
		height = round(matrix[3] * text_matrix[5] + matrix[5])
		heights[height] = heights.get(height, "") + text

	page.extract_text(visitor_text=collect)
	return [folded(heights[height]) for height in sorted(heights, reverse=True) if heights[height].strip()]


@pytest.mark.parametrize("doctype", FORMATS)
def test_every_form_prints_in_both_languages(documents: dict[str, Document], doctype: str) -> None:
	doc = documents[doctype]

	text = folded("".join(page.extract_text() for page in pdf_of(doc).pages))

	assert doc.name in text
	missing = [words for words in EXPECTED[doctype] if folded(words) not in text]
	assert not missing


@pytest.mark.parametrize("doctype", FORMATS)
def test_every_label_on_a_form_has_its_chinese(documents: dict[str, Document], doctype: str) -> None:
	page = html_of(documents[doctype])

	labels = page.select(".ch-label, .ch-heads td, .ch-bar, .ch-signer, .ch-head-data td:first-child")
	without = {label.get_text() for label in labels if label.get_text() and not label.select('[lang="zh"]')}
	assert labels
	assert not without


@pytest.mark.parametrize("doctype", FORMATS)
def test_a_form_of_an_empty_document_prints(doctype: str, cast: dict[str, str]) -> None:
	with as_user(cast["agent"]):
		complaint = make_complaint(items=[])
		doc = {
			COMPLAINT: lambda: complaint,
			SLIP: lambda: make_slip(complaint, make_department("Test Quality")),
			REVISIT: lambda: make_revisit(complaint),
			EIGHT_D: lambda: None,
			DEFERRAL: lambda: None,
			EVALUATION: lambda: None,
		}[doctype]()
	if doctype == DEFERRAL:
		doc = cases.deferral_request(cast)
	if doctype == EVALUATION:
		doc = evaluation(cast)
	if doctype == EIGHT_D:
		with as_user(cast["quality_manager"]):
			doc = make_eight_d(complaint, (employee_of(cast["quality_manager"]),))

	text = html_of(doc).get_text()

	assert doc.name in text
	assert "None" in text or doctype in (REVISIT, DEFERRAL)
	assert "{{" not in text


def test_heads_repeat_and_rows_stay_whole_over_many_pages(documents: dict[str, Document]) -> None:
	report = write(
		documents[EIGHT_D],
		corrective_actions=actions(documents[EIGHT_D].team[0].employee, 60),
		workflow_state="Open",
	)

	pages = [lines_of(page) for page in pdf_of(report).pages]

	inside = [page for page in pages[1:] if sum("Replacethebearing" in line for line in page) > 10]
	assert len(pages) >= 3
	assert len(inside) >= 2
	for page in inside:
		assert "D5andD6PermanentCorrectiveActions" in page[0]
		assert "continued" in page[0]
		assert report.name in page[0]
		assert "ResultandEvidence" in page[1]
	for page in pages:
		starts = sum(bool(re.search(r"Replacethebearing", line)) for line in page)
		ends = sum("重新预紧" in line for line in page)
		assert starts == ends


def test_private_data_is_masked_for_who_may_not_read_it(
	documents: dict[str, Document], cast: dict[str, str]
) -> None:
	with as_user(cast["agent"]):
		seen = html_of(documents[COMPLAINT]).get_text()
	with as_user(cast["handler"]):
		masked = html_of(documents[COMPLAINT]).get_text()

	assert "Manager Wang" in seen
	assert "+86 21 5550 0101" in seen
	assert "***" not in seen
	assert "Manager Wang" not in masked
	assert "+86 21 5550 0101" not in masked
	assert "***" in masked
	assert "Private data of the complainant is masked for this reader." in masked


def test_a_print_shows_only_the_rows_that_its_reader_may_read(
	documents: dict[str, Document], cast: dict[str, str]
) -> None:
	own, other = frappe.get_all(
		SLIP,
		filters={"complaint": documents[COMPLAINT].name},
		pluck="name",
		order_by="creation asc, name asc",
	)

	with as_user(cast["coordinator"]):
		all_slips = html_of(documents[COMPLAINT]).get_text()
	with as_user(cast["handler"]):
		own_slips = html_of(documents[COMPLAINT]).get_text()

	assert own in all_slips
	assert other in all_slips
	assert own in own_slips
	assert other not in own_slips


def test_the_timeline_tells_the_case_in_the_order_of_time(
	documents: dict[str, Document], cast: dict[str, str]
) -> None:
	complaint = documents[COMPLAINT]
	with as_user(cast["agent"]):
		frappe.get_doc(
			{
				"doctype": CONTACT,
				"complaint": complaint.name,
				"contacted_on": "2026-11-20 10:40:00",
				"direction": "Outgoing",
				"channel": "Telephone",
				"purpose": "First Answer",
				"summary": "Apologised; the investigation has begun.",
			}
		).insert()

	text = html_of(complaint).get_text()
	timeline = text[text.index("Timeline") :]

	moments = [
		timeline.index(words) for words in ("Complaint received", "Contact with the customer", "Slip issued")
	]
	assert moments == sorted(moments)
	assert "2026-11-20 10:40" in timeline
	assert "Apologised" in text


def test_text_of_users_is_text(documents: dict[str, Document]) -> None:
	complaint = write(
		documents[COMPLAINT],
		subject="Loud <b>noise</b> & {{ 7 * 7 }} <script>alert(1)</script>",
		description='<p onclick="x()" style="position: fixed">Line <b>3</b> &lt; 40 %</p><img src="http://elsewhere.example/a.png">'
		'<img src="/private/files/of-somebody-else.png"><a href="javascript:x()">more</a><iframe src="/app"></iframe>'
		'<ol><li data-list="bullet">restart</li></ol><script>alert(2)</script><style>td { color: red }</style><!-- x -->',
	)

	page = html_of(complaint)

	assert "Loud <b>noise</b> & {{ 7 * 7 }} <script>alert(1)</script>" in page.get_text()
	assert not page.find_all(("script", "iframe", "img", "a"))
	assert not page.find_all(onclick=True)
	assert "<p>Line <b>3</b> &lt; 40 %</p>" in str(page)
	assert page.select("ul > li")[0].get_text() == "restart"


def test_a_long_text_is_divided_where_a_page_may_end() -> None:
	paragraph = "夜班操作员两次重启主轴,报警均再次出现。The alarm came back within ten minutes. " * 6

	pieces = html_pieces(f"<div>{f'<p>{paragraph}</p>' * 5}</div>")
	lines = text_pieces("\n".join([paragraph] * 5))
	unbroken = text_pieces("x" * PIECE_LENGTH * 2 + "y")

	assert len(pieces) == 5
	assert len(lines) == 5
	assert len(unbroken) == 3
	assert folded("".join(BeautifulSoup(line, "html.parser").get_text() for line in lines)) == folded(
		paragraph * 5
	)


def test_an_amount_names_its_currency() -> None:
	assert money(15600, "CNY") == "CNY 15,600.00"


def test_the_formats_are_standard_records_of_the_module() -> None:
	for doctype, name in FORMATS.items():
		record = frappe.get_doc("Print Format", name)
		assert record.doc_type == doctype
		assert record.standard == "Yes"
		assert record.module == "Complaint Handling"
		assert record.custom_format == 1
		assert not record.disabled


def test_no_template_asks_the_database() -> None:
	app = Path(frappe.get_app_path("complaint_handling"))
	templates = [*app.glob("templates/print/*.html"), *app.glob("complaint_handling/print_format/*/*.html")]

	assert len(templates) == len(FORMATS) + 1
	assert not [path.name for path in templates if "frappe." in path.read_text()]


def test_no_form_needs_a_make_of_goods(cast: dict[str, str]) -> None:
	"""An item without batch, serial numbers and quantities leaves cells empty."""
	with as_user(cast["agent"]):
		complaint = make_complaint(items=[{"item_code": make_item()}])

	assert "TEST-GRINDER" in html_of(complaint).get_text()
