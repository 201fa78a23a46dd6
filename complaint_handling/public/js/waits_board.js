// Who waits for whom in a case: a line a wait, the longest first, on the complaint's form.
frappe.provide("complaint_handling");

complaint_handling.show_waits = async function (frm) {
	const field = frm.get_field("waits_board");
	if (!field) return;
	field.$wrapper.empty();
	if (frm.is_new()) return;
	const name = frm.doc.name;
	const waits = await frappe.xcall("complaint_handling.api.waits.get_waits", { complaint: name });
	if (frm.doc.name === name) field.$wrapper.html(complaint_handling.waits_html(waits, name));
};

complaint_handling.waits_html = function (waits, complaint) {
	if (!waits.length) return `<p class="text-muted">${__("Nobody waits for anybody.")}</p>`;
	return `<div class="waits-board">
		<div class="waits-title">${__("Who Waits for Whom")}</div>
		${waits.map((wait) => complaint_handling.wait_line(wait, complaint)).join("")}
	</div>`;
};

complaint_handling.wait_line = function (wait, complaint) {
	const escape = frappe.utils.escape_html;
	const who = complaint_handling.waited_for(wait);
	const document =
		wait.document === complaint
			? ""
			: frappe.utils.get_form_link(wait.document_type, wait.document, true, escape(wait.document));
	const due = wait.due
		? `<span class="wait-due">${__("due {0}", [complaint_handling.shown_moment(wait.due).format("MM-DD HH:mm")])}</span>`
		: "";
	const state = wait.is_overdue ? "late" : wait.due && is_soon(wait.due) ? "soon" : "";
	return `<div class="wait ${state}">
		<div class="wait-age" title="${__("{0} working hours", [wait.working_hours])}">
			<b>${age(wait)}</b>
		</div>
		<div class="wait-text">
			<div><span class="wait-who">${escape(__(wait.waiting))}</span>
				<span class="wait-arrow">→</span>
				<span class="wait-for">${escape(__(wait.waited_for))}</span>
				<span class="text-muted">${escape(who)}</span></div>
			<div class="wait-matter">${escape(__(wait.matter))} ${document} ${due}</div>
		</div>
	</div>`;

	function age() {
		if (wait.days) return wait.days === 1 ? __("1 day") : __("{0} days", [wait.days]);
		const hours = moment(frappe.datetime.system_datetime()).diff(moment(wait.since), "hours");
		return hours >= 1 ? __("{0} h", [hours], "Customer Complaint") : __("now", null, "Customer Complaint");
	}

	function is_soon(value) {
		return moment(value).diff(moment(frappe.datetime.system_datetime()), "hours") < 8;
	}
};

complaint_handling.waited_for = function (wait) {
	const place = wait.department || (wait.role ? __(wait.role) : "");
	const people = wait.names.slice(0, 2).join(", ") + (wait.names.length > 2 ? " …" : "");
	return [place, people].filter(Boolean).join(" · ");
};
