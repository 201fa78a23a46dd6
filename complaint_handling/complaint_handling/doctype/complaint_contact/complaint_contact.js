frappe.ui.form.on("Complaint Contact", {
	refresh: show_agreed_time,
	complaint: show_agreed_time,
	direction: show_agreed_time,
	next_answer_due: show_agreed_time,
	next_answer_about: show_agreed_time,
});

// A time for the solution that is agreed already is changed, and a change is counted.
async function show_agreed_time(frm) {
	frm.set_intro("");
	if (!frm.is_new() || !frm.doc.complaint) return;
	if (!frm.doc.next_answer_due || frm.doc.next_answer_about !== "Solution") return;
	const [agreed] = await frappe.db.get_list("Complaint Promise", {
		filters: { complaint: frm.doc.complaint, kind: "Solution", kept_on: ["is", "not set"] },
		fields: ["due_at"],
		order_by: "sequence desc",
		limit: 1,
	});
	if (!agreed) return;
	const { message } = await frappe.db.get_value("Customer Complaint", frm.doc.complaint, "promise_changes");
	frm.set_intro(
		__("A solution is promised for {0}. This contact changes that time; it was changed {1} times so far.", [
			frappe.datetime.str_to_user(agreed.due_at),
			message.promise_changes,
		]),
		"orange"
	);
}
