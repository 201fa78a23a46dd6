// Slips and the coordination meeting, begun from a complaint or from a contact about it.
frappe.provide("complaint_handling.slips");

const KINDS = ["Complaint Slip", "Service Slip", "Technical Opinion"];

// Asks what a slip needs. Departments and handlers are offered by the server, which proposes who follows the case up:
// an agent may have no right on either.
complaint_handling.slips.create = async function (complaint, values = {}) {
	const context = "Complaint Handling Slip";
	const offer = await frappe.xcall("complaint_handling.api.slip.get_proposal", { complaint });
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
				fieldtype: "Autocomplete",
				options: offer.departments,
				label: __("Department"),
				default: offer.department,
				reqd: 1,
				change: () => offer_handlers(dialog, complaint),
			},
			{
				fieldname: "responsible_employee",
				fieldtype: "Autocomplete",
				options: [],
				label: __("Handler", null, "Complaint Handling Slip"),
				description: __("Empty: the holder of the responsible post"),
			},
			{
				fieldname: "instruction",
				fieldtype: "Small Text",
				label: __("Instruction", null, "Complaint Handling Slip"),
				description: __("What the department is asked to find out or do"),
				default: values.instruction,
				max_height: "7em",
			},
		],
		primary_action_label: __("Create Slip"),
		async primary_action(chosen) {
			dialog.disable_primary_action();
			try {
				const slip = await frappe.xcall("complaint_handling.api.slip.create_slip", { complaint, ...chosen });
				dialog.hide();
				frappe.set_route("Form", context, slip);
			} finally {
				dialog.enable_primary_action();
			}
		},
	});
	dialog.show();
};

async function offer_handlers(dialog, complaint) {
	const department = dialog.get_value("department");
	const handlers = department
		? await frappe.xcall("complaint_handling.api.slip.get_handlers_for", { complaint, department })
		: [];
	dialog.fields_dict.responsible_employee.set_data(handlers);
}

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
