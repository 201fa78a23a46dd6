"""The Chinese translation on a site: it loads, resolves, and leaves the host's own words alone."""

import pytest

import frappe
from frappe import _
from frappe.translate import clear_cache, get_translation_dict_from_file, get_translations_from_apps

from tests.translation_sources import LEFT_TO_HOST, TRANSLATIONS, read_translations

APP = "complaint_handling"

# Words that the host translates otherwise and that the app must say without a context. Each overrides the
# host's word on the whole site, so it must be right there too.
OVERRIDDEN = {
	"Complaint": "ERPNext says 抱怨 (grumbling) for what a customer reports in a Warranty Claim; 投诉 is right for both.",
	"Done": "ERPNext leaves DONE in English.",
	"Issued": "ERPNext says 发行 (of shares) for a Material Request too; lists show a slip's state without a context.",
	"Registered": "ERPNext says 已注册 (of an account); what is entered in a register is 已登记.",
	"Returned": "ERPNext says 已退货 (of goods); 已退回 holds for goods and for papers.",
	"Urgent": "ERPNext says 加急 (of an order) for a Task too; the severity of document 004 is 紧急.",
}


@pytest.fixture(autouse=True)
def fresh_dictionary():
	"""Read the files as they stand now: a site keeps its dictionary until it migrates."""
	clear_cache()
	yield
	clear_cache()


@pytest.fixture
def host_words() -> dict[str, str]:
	"""What every other app of the site says in Chinese."""
	return get_translations_from_apps("zh", [app for app in frappe.get_installed_apps() if app != APP])


def test_the_file_is_read_as_it_is_meant():
	loaded = get_translation_dict_from_file(str(TRANSLATIONS / "zh.csv"), "zh", APP, throw=True)
	meant = {
		f"{row.source}:{row.context}" if row.context else row.source: row.translated
		for row in read_translations()
	}
	assert loaded == meant


def test_what_is_left_to_the_host_is_translated_there(host_words):
	if not host_words:
		pytest.skip(
			"this bench has no Chinese of its own: `bench compile-po-to-mo` makes it from version 16 on"
		)
	missing = sorted(word for word in LEFT_TO_HOST if not host_words.get(word) or host_words[word] == word)
	assert not missing


def test_no_word_of_the_host_is_changed_without_a_reason(host_words):
	collisions = {
		row.source: (host_words[row.source], row.translated)
		for row in read_translations()
		if not row.context and host_words.get(row.source) not in (None, row.source, row.translated)
	}
	assert not {source: words for source, words in collisions.items() if source not in OVERRIDDEN}


def test_every_reason_belongs_to_a_translation():
	assert set(OVERRIDDEN) <= {row.source for row in read_translations() if not row.context}


@pytest.mark.parametrize(
	("source", "context", "chinese"),
	[
		("Handling Slip", None, "处理单"),
		("Customer Complaint", None, "客户投诉"),
		("State", "Customer Complaint", "状态"),
		("Owner", "Complaint Measure", "责任人"),
		("Handling Slip", "Complaint Print", "处理单"),
		(
			"{0} slips are still open. Complete or cancel them first.",
			None,
			"有 {0} 张处理单尚未完成，请先完成或取消。",
		),
	],
)
def test_a_text_resolves(source, context, chinese):
	assert _(source, lang="zh", context=context) == chinese


def test_a_user_reads_messages_in_the_own_language():
	user = frappe.get_doc(
		{"doctype": "User", "email": "reader@translations.example", "first_name": "Reader", "language": "zh"}
	)
	user.flags.no_welcome_mail = True
	user.insert(ignore_permissions=True)
	before = frappe.local.lang
	try:
		frappe.set_user(user.name)
		frappe.local.lang = frappe.translate.get_user_lang(user.name)
		with pytest.raises(frappe.ValidationError, match="投诉属于证据，不得删除"):
			frappe.new_doc("Customer Complaint").on_trash()
	finally:
		frappe.local.lang = before


@pytest.mark.parametrize(
	("doctype", "filters"),
	[
		("DocType", {"module": "Complaint Handling"}),
		("Print Format", {"module": "Complaint Handling"}),
		("Report", {"module": "Complaint Handling"}),
		("Workspace", {"module": "Complaint Handling"}),
		("Module Def", {"app_name": APP}),
		("Complaint Category", {}),
	],
)
def test_the_name_of_every_record_that_ships_is_translated(doctype, filters):
	names = frappe.get_all(doctype, filters=filters, pluck="name", order_by="name")
	assert not [name for name in names if _(name, lang="zh") == name]


def test_the_states_and_actions_of_every_workflow_are_translated():
	documents = (
		"Customer Complaint",
		"Complaint Handling Slip",
		"Complaint 8D Report",
		"Complaint Revisit",
		"Complaint Deferral Request",
	)
	workflows = [
		frappe.get_doc("Workflow", name)
		for name in frappe.get_all("Workflow", filters={"document_type": ("in", documents)}, pluck="name")
	]
	words = {row.state for workflow in workflows for row in workflow.states}
	words |= {row.action for workflow in workflows for row in workflow.transitions}
	assert len(workflows) == len(documents)
	assert not [word for word in words if _(word, lang="zh") == word]
