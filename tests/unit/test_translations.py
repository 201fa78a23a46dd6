"""The Chinese translation is complete, used, well formed, and speaks with the words of the glossary."""

import re
from collections import Counter

import pytest

from tests.translation_sources import (
	LEFT_TO_HOST,
	ExtractionError,
	Source,
	Translation,
	collect_sources,
	python_code,
	read_translations,
	records,
	scripts,
	templates,
)

# The glossary's word for an English term: (term, context) or the term alone. A term need not be in use yet.
# fmt: off
TERMS: dict[str | tuple[str, str], str] = {
	"Acknowledgement": "投诉告知",
	"Agreed Reply Time": "约定反馈时间",
	"Approval Authority": "审批权限",
	"Batch-wide": "整批性",
	"Compensation": "补偿",
	"Complainant": "投诉人",
	"Complaint Handling Record": "客户投诉处理记录",
	"Complaint Handling Slip": "客户投诉处理单",
	"Complaint No.": "投诉编号",
	"Complaint Owner": "投诉处理责任人",
	"Complaint Rate": "投诉率",
	"Concession": "让步接收",
	"Contact Channel": "联络渠道",
	"Containment Actions": "遏制措施",
	"Coordinator": "客户代表",
	"Corrective Actions": "纠正措施",
	"Customer Complaint": "客户投诉",
	"Customer Visit Record": "客户访问记录单",
	"D4 Root Cause": "D4 根本原因",
	"Department Manager": "部门经理",
	"Deviation Permit": "偏离许可",
	"Effectiveness Check": "有效性验证",
	"Escalation": "逐级上报",
	"Escalation Ladder": "逐级上报层级",
	"Escape Cause": "流出原因",
	"Exchange": "换货",
	"Goodwill Compensation": "善意补偿",
	"Handler": "处理人",
	"Indemnity": "赔偿",
	"Intake Channel": "投诉渠道",
	"Isolated": "个别性",
	("Issue", "Complaint Handling Slip"): "签发",
	"Justified": "投诉成立",
	"Late Delivery": "交货延迟",
	"Logistics": "物流",
	"Major": "重大",
	"Minor": "轻微",
	"Moderate": "一般",
	"Not Justified": "投诉不成立",
	"Occurrence Cause": "发生原因",
	"Overdue Reporting": "逾期反应",
	"Preventive Actions": "预防措施",
	"Price-difference Refund": "退差价",
	"Product Quality": "产品质量",
	"Re-review": "复审",
	("Receipt", "Complaint Print"): "投诉受理",
	"Refund": "退款",
	("Repair", "Complaint Remedy"): "返修",
	"Repeat Failure": "重复发生",
	"Revisit": "回访",
	"Rework": "返工",
	"Root Cause": "根本原因",
	"Routine": "一般",
	"Safety-related": "安全性",
	"Service Attitude": "服务态度",
	"Service Quality": "服务质量",
	"Service Slip": "售服单",
	"Severity": "严重程度",
	"Sporadic": "偶发性",
	"Subject of Complaint": "投诉对象",
	"Task Force": "专项小组",
	"Three Guarantees": "三包",
	"Time Limits": "处理时限",
	"Timely-reply Rate": "及时回复率",
	"Urgent": "紧急",
	"Widespread": "普遍性",
}
# fmt: on

# Where the English has the left, in any text, the Chinese has the right.
STEMS = {
	r"8D": "8D",
	r"complainants?": "投诉人",
	r"compensation": "补偿",
	r"concession": "让步接收",
	r"containment": "遏制",
	r"coordinators?": "客户代表",
	r"corrective": "纠正",
	r"effectiveness": "有效性",
	r"escalat\w+": "上报",
	r"ladder": "逐级上报层级",
	r"preventive": "预防",
	r"procedures?": "程序",
	r"re.?review": "复审",
	r"remed(y|ies)": "补救",
	r"revisit(s|ed)?": "回访",
	r"root cause": "根本原因",
	r"severit(y|ies)": "严重程度",
	r"slips?": "处理单|投诉单|售服单",
	r"substitute": "代理人",
	r"superior": "上级",
	r"task force": "专项小组",
	r"(takes?|taken) (the case )?over(?! the answer)": "接手",
	r"workflow": "工作流",
}

# Text that a Chinese sentence may hold as it stands, besides placeholders.
_LATIN = re.compile(r"\{\w*\}|8D|5Why|D[1-8]|PDF|PFMEA|T\+\d|R-\d{3}[A-Z]-\d{2}|004-A|ISO9000|Asia/Shanghai")
_PLACEHOLDER = re.compile(r"\{\w*\}")


@pytest.fixture(scope="module")
def sources() -> list[Source]:
	return collect_sources()


@pytest.fixture(scope="module")
def translations() -> list[Translation]:
	return read_translations()


def test_every_text_is_translated(sources, translations):
	known = {(row.source, row.context) for row in translations}
	missing = [
		source
		for source in sources
		if source.text not in LEFT_TO_HOST and not {(source.text, source.context), (source.text, "")} & known
	]
	assert not missing, _lines(f"{row.text!r} [{row.context}] in {row.where}" for row in missing)


def test_every_translation_is_used(sources, translations):
	pairs = {(source.text, source.context) for source in sources}
	texts = {source.text for source in sources}
	unused = [
		row
		for row in translations
		if (row.source, row.context) not in pairs and (row.context or row.source not in texts)
	]
	assert not unused, _lines(f"{row.source!r} [{row.context}]" for row in unused)


def test_no_translation_stands_twice(translations):
	counted = Counter((row.source, row.context) for row in translations)
	assert not [pair for pair, times in counted.items() if times > 1]


def test_a_context_says_something_else_than_the_text_without_it(translations):
	plain = {row.source: row.translated for row in translations if not row.context}
	assert not [row for row in translations if row.context and plain.get(row.source) == row.translated]


def test_no_translation_is_empty_or_still_english(translations):
	wrong = [row for row in translations if not re.search("[\u4e00-\u9fff]", row.translated)]
	assert not wrong, _lines(map(str, wrong))


def test_no_latin_word_is_left_over(translations):
	wrong = [row for row in translations if re.search("[A-Za-z]{2,}", _LATIN.sub("", row.translated))]
	assert not wrong, _lines(map(str, wrong))


def test_texts_have_no_blanks_around_them_and_no_markup(sources, translations):
	texts = [*(row.text for row in sources), *(row.translated for row in translations)]
	# The host strips both before it looks a text up.
	assert not [text for text in texts if text != text.strip() or re.search("<[a-z/]", text)]


def test_placeholders_are_those_of_the_source(translations):
	wrong = [
		row
		for row in translations
		if Counter(_PLACEHOLDER.findall(row.source)) != Counter(_PLACEHOLDER.findall(row.translated))
	]
	assert not wrong, _lines(map(str, wrong))


def test_chinese_sentences_have_chinese_punctuation(translations):
	wrong = [
		row for row in translations if re.search("[\u4e00-\u9fff}][,;:?!]|[\u4e00-\u9fff]\\.", row.translated)
	]
	assert not wrong, _lines(map(str, wrong))


def test_the_file_is_sorted(translations):
	keys = [(row.source, row.context) for row in translations]
	assert keys == sorted(keys)


def test_what_is_left_to_the_host_is_in_use_and_not_translated(sources, translations):
	assert {source.text for source in sources} >= LEFT_TO_HOST
	assert not LEFT_TO_HOST & {row.source for row in translations if not row.context}


@pytest.mark.parametrize("term", TERMS, ids=str)
def test_a_term_has_the_word_of_the_glossary(term, translations):
	wanted = term if isinstance(term, tuple) else (term, "")
	found = [row.translated for row in translations if (row.source, row.context) == wanted]
	assert found in ([], [TERMS[term]])


def test_most_terms_of_the_glossary_are_in_use(translations):
	texts = {row.source for row in translations}
	used = [term for term in TERMS if (term[0] if isinstance(term, tuple) else term) in texts]
	assert len(used) >= 40


@pytest.mark.parametrize("english", STEMS)
def test_a_term_inside_a_text_is_translated_alike(english, translations):
	wrong = [
		row
		for row in translations
		if re.search(rf"\b{english}\b", row.source, re.IGNORECASE)
		and not re.search(STEMS[english], row.translated)
	]
	assert not wrong, _lines(map(str, wrong))


# The collector itself


def test_python_texts_are_collected_over_several_lines_and_with_context():
	code = """
throw(_("one " "two"))
frappe._("three", context="Here")
_(value or "four")
_(variable)
class Kind(Word):
	FIVE = "five"
"""
	assert set(python_code(code)) == {("one two", ""), ("three", "Here"), ("four", ""), ("five", "")}


@pytest.mark.parametrize("code", ['_(f"a {b}")', '_("a" + b)', 'frappe.throw("a")', 'frappe.msgprint(f"a")'])
def test_python_texts_that_cannot_be_translated_are_refused(code):
	with pytest.raises(ExtractionError):
		list(python_code(code))


def test_script_texts_are_collected_with_context_and_arguments():
	script = """__("one", [a, b]); __('it\\'s', null, "Here"); __(
		`two`
	); __(variable); a__("no")"""
	assert set(scripts(script)) == {("one", ""), ("it's", "Here"), ("two", "")}


@pytest.mark.parametrize("script", ["__(`a ${b}`)", '__("a" + b)'])
def test_script_texts_that_cannot_be_translated_are_refused(script):
	with pytest.raises(ExtractionError):
		list(scripts(script))


def test_template_texts_are_collected_from_calls_and_labels():
	template = """{%- set columns = [{"label": "One", "width": 5}] -%}
	{{ p.words("Two") }}{{ _("Three") }}{{ grid(p, "Four" if p else "Five", [["name"]]) }}{{ p.value("name") }}"""
	prints = "Complaint Print"
	assert set(templates(template)) == {
		("One", prints),
		("Two", prints),
		("Three", ""),
		("Four", prints),
		("Five", prints),
	}


def test_options_are_collected_but_not_naming_series():
	fields = [
		{"fieldname": "naming_series", "fieldtype": "Select", "label": "Series", "options": "CC-.#####"},
		{"fieldname": "kind", "fieldtype": "Select", "label": "Kind", "options": "\nOne\nTwo"},
	]
	texts = {text for text, _context in records({"doctype": "DocType", "name": "Thing", "fields": fields})}
	assert texts == {"Thing", "Series", "Kind", "One", "Two"}


def test_an_unknown_kind_of_record_is_refused():
	with pytest.raises(ExtractionError):
		list(records({"doctype": "Something New"}))


def _lines(values) -> str:
	return "\n" + "\n".join(values)
