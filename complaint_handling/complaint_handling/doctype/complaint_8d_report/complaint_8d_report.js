// The disciplines with the field that each begins with, and those at work in each state.
const DISCIPLINES = [
	["D1", "D1 Team", "team"],
	["D2", "D2 Problem Description", "problem_description"],
	["D3", "D3 Containment Actions", "containment_actions"],
	["D4", "D4 Root Cause", "occurrence_cause"],
	["D5", "D5 and D6 Permanent Corrective Actions", "corrective_actions"],
	["D6", "D5 and D6 Permanent Corrective Actions", "corrective_actions"],
	["D7", "D7 Prevention", "preventive_actions"],
	["D8", "D8 Recognition", "lessons_learned"],
];
const AT_WORK = {
	Open: [1, 3],
	Contained: [4, 4],
	"Cause Found": [5, 5],
	"Actions Chosen": [6, 6],
	Implemented: [7, 7],
	Prevented: [8, 8],
	"Effectiveness Check": [8, 8],
	Closed: [9, 9],
};

frappe.ui.form.on("Complaint 8D Report", {
	setup(frm) {
		frm.set_query("batch_no", () => ({ filters: { item: frm.doc.item_code } }));
		frm.set_query("employee", "team", () => ({ filters: { status: "Active" } }));
		for (const table of ["containment_actions", "corrective_actions", "preventive_actions"]) {
			frm.set_query("responsible_employee", table, () => ({ filters: { status: "Active" } }));
		}
	},

	refresh(frm) {
		show_names_of_employees(frm);
		show_progress(frm);
	},
});

function show_progress(frm) {
	const [first, last] = AT_WORK[frm.doc.workflow_state] || [];
	if (frm.is_new() || !first) return;
	const steps = DISCIPLINES.map(([step, label, fieldname], index) => {
		const number = index + 1;
		const colour = number < first ? "green" : number <= last ? "blue" : "gray";
		const title = frappe.utils.escape_html(__(label));
		return `<a class="indicator-pill ${colour} mr-2" data-field="${fieldname}" title="${title}">${step}</a>`;
	});
	frm.dashboard.clear_headline();
	frm.dashboard.set_headline(`<span class="eight-d-progress">${steps.join("")}</span>`);
	frm.$wrapper.off("click.eight_d").on("click.eight_d", ".eight-d-progress a", (event) => {
		frm.scroll_to_field(event.currentTarget.dataset.field);
	});
}

function show_names_of_employees(frm) {
	const escape = frappe.utils.escape_html;
	frm.fields_dict.team.grid.update_docfield_property(
		"employee",
		"formatter",
		(value, _df, _options, row) => escape(row?.employee_name || value || "")
	);
	for (const table of ["containment_actions", "corrective_actions", "preventive_actions"]) {
		frm.fields_dict[table].grid.update_docfield_property(
			"responsible_employee",
			"formatter",
			(value, _df, _options, row) => escape(row?.responsible_name || value || "")
		);
	}
}
