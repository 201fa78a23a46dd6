// Slips and the coordination meeting, begun from a complaint or from a contact about it.
frappe.provide("complaint_handling.slips");

const KINDS = ["Complaint Slip", "Service Slip", "Technical Opinion"];

// Asks for kind and department; the server proposes the department that follows the case up.
complaint_handling.slips.create = async function (complaint, values = {}) {
	const proposed = await frappe.xcall("complaint_handling.api.slip.get_proposal", { complaint });
	const context = "Complaint Handling Slip";
	const dialog = new frappe.ui.Dialog({
		title: __("Create Slip"),
		fields: [
			{
				fieldname: "slip_kind",
				fieldtype: "Select",
				label: __("Slip Kind"),
				options: KINDS.map((kind) => ({ value: kind, label: __(kind, null, context) })),
				default: KINDS[0],
				reqd: 1,
			},
			{
				fieldname: "department",
				fieldtype: "Link",
				options: "Department",
				label: __("Department"),
				default: proposed.department,
				reqd: 1,
				get_query: () => ({ filters: { company: proposed.company, is_group: 0 } }),
			},
		],
		primary_action_label: __("Create Slip"),
		primary_action(chosen) {
			dialog.hide();
			const is_proposed = chosen.department === proposed.department;
			frappe.new_doc(context, {
				complaint,
				...values,
				...chosen,
				...(is_proposed && proposed.employee ? { responsible_employee: proposed.employee } : {}),
			});
		},
	});
	dialog.show();
};

complaint_handling.slips.add_meeting_button = function (frm) {
	const meeting = frm.doc.coordination_meeting;
	if (meeting) {
		frm.add_custom_button(__("Coordination Meeting", null, "Customer Complaint"), () =>
			frappe.set_route("Form", "Quality Meeting", meeting)
		);
		return;
	}
	const ended = ["Closed", "Cancelled"].includes(frm.doc.workflow_state);
	if (ended || !frm.perm[0]?.write || !frappe.model.can_create("Quality Meeting")) return;
	frm.add_custom_button(
		__("Coordination Meeting", null, "Customer Complaint"),
		() => complaint_handling.slips.call_meeting(frm),
		__("Create")
	);
};

complaint_handling.slips.call_meeting = function (frm) {
	frappe.confirm(
		__("Call a coordination meeting of the departments? Everybody in the Desk can read its agenda."),
		async () => {
			if (frm.is_dirty()) await frm.save();
			const meeting = await frappe.xcall("complaint_handling.api.slip.call_coordination_meeting", {
				complaint: frm.doc.name,
			});
			frappe.set_route("Form", "Quality Meeting", meeting);
		}
	);
};

// Each form evaluates this file; the handlers are bound once.
if (!complaint_handling.slips.is_bound) {
	complaint_handling.slips.is_bound = true;
	frappe.ui.form.on("Customer Complaint", {
		refresh(frm) {
			if (!frm.is_new()) complaint_handling.slips.add_meeting_button(frm);
		},
	});
	frappe.ui.form.on("Complaint Contact", {
		refresh(frm) {
			if (frm.is_new() || !frm.doc.complaint) return;
			if (!frappe.model.can_create("Complaint Handling Slip")) return;
			frm.add_custom_button(
				__("Handling Slip"),
				() => complaint_handling.slips.create(frm.doc.complaint, { instruction: frm.doc.summary }),
				__("Create")
			);
		},
	});
}
