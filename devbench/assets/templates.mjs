// Frappe's client templates: importing x.html puts its text into frappe.templates["x"].

import { readFileSync } from "node:fs";
import { basename } from "node:path";

export function html_templates() {
	return {
		name: "html-templates",
		setup(build) {
			build.onLoad({ filter: /\.html$/ }, ({ path }) => ({
				contents: as_script(basename(path).split(".")[0], readFileSync(path, "utf8")),
				loader: "js",
			}));
		},
	};
}

/**
 * Return the script that keeps a template's text.
 *
 * Backslashes stay as they are: the templates were written for a template literal, where `\'` means `'`.
 * Comments go: Frappe's template compiler stumbles over the apostrophes in them.
 */
function as_script(name, text) {
	const literal = text
		.replace(/<!--.*?-->/gs, "")
		.replace(/`/g, "\\`")
		.replace(/\$\{/g, "\\${");
	return `frappe.templates[${JSON.stringify(name)}] = \`${literal}\`;`;
}
