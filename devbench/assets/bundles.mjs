// The bundles of one app: found, built in memory, named after what they hold.

import { createHash } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { Failure } from "./failure.mjs";
import { digests_of } from "./memory.mjs";
import { style_files } from "./styles.mjs";
import { html_templates } from "./templates.mjs";
import { vue_files } from "./vue_files.mjs";

const ENTRY = /\.bundle\.(js|ts|css|scss)$/;
const TIME_PICKER = fileURLToPath(new URL("browser/time_picker_seconds.js", import.meta.url));
const SKIPPED = new Set(["dist", "node_modules"]);
const DEFINITIONS = {
	"process.env.NODE_ENV": '"production"',
	__VUE_OPTIONS_API__: "true",
	__VUE_PROD_DEVTOOLS__: "false",
};

/**
 * Build every bundle of an app from the paths that `find_entries` gave.
 *
 * Each bundle is `{ key, address, contents, size, is_rtl }`: the key under which pages ask for it, the
 * address with the hash of its contents, the bytes and their number, and whether it is turned for right to
 * left.
 */
export async function bundle_app(app, entries, context) {
	refuse_same_keys(app, entries);
	const start = Date.now();
	const scripts = entries.filter((path) => is_script(path));
	const styles = entries.filter((path) => !is_script(path));
	const sheets = new Map();
	const results = await all_or_failure(app, context, [
		run_esbuild(scripts, { app, context, sheets }),
		run_esbuild(styles, { app, context, sheets }),
		run_esbuild(styles, { app, context, sheets, is_rtl: true }),
	]);
	const read = [...results, ...sheets.values()].flatMap(({ inputs }) => inputs);
	return {
		entries,
		inputs: digests_of(read, context, start),
		bundles: results.flatMap(({ bundles }) => bundles),
	};
}

/** Return the paths of the sources of an app's bundles, in a fixed order. */
export function find_entries(app, bench) {
	return entries_under(join(bench, "apps", app, app, "public"));
}

function entries_under(folder) {
	if (!existsSync(folder)) return [];
	const found = [];
	const children = readdirSync(folder, { withFileTypes: true });
	for (const child of children.sort((one, other) => (one.name < other.name ? -1 : 1))) {
		const path = join(folder, child.name);
		if (child.isDirectory() && !SKIPPED.has(child.name)) found.push(...entries_under(path));
		else if (child.isFile() && ENTRY.test(child.name)) found.push(path);
	}
	return found;
}

function is_script(path) {
	return /\.[jt]s$/.test(path);
}

/** Return the name under which pages ask for a bundle: always .js or .css. */
function key_of(path) {
	return basename(path)
		.replace(/\.ts$/, ".js")
		.replace(/\.scss$/, ".css");
}

function refuse_same_keys(app, paths) {
	const seen = new Map();
	for (const path of paths) {
		const key = key_of(path);
		if (seen.has(key)) throw new Failure(`${app} has two bundles ${key}: ${seen.get(key)} and ${path}`);
		seen.set(key, path);
	}
}

async function run_esbuild(paths, { app, context, sheets, is_rtl = false }) {
	if (!paths.length) return { bundles: [], inputs: [] };
	const options = options_of(paths, { context, sheets, is_rtl });
	const { outputFiles, metafile } = await context.packages.esbuild.build(options);
	const texts = new Map(outputFiles.map((file) => [relative(context.bench, file.path), file.text]));
	return { bundles: name_bundles(metafile, texts, { app, is_rtl }), inputs: files_read(metafile, context) };
}

/** Wait for every build, then name all errors at once; both directions meet the same ones in a style sheet. */
async function all_or_failure(app, { packages }, builds) {
	const outcomes = await Promise.allSettled(builds);
	const reasons = outcomes.filter(({ status }) => status === "rejected").map(({ reason }) => reason);
	const unexpected = reasons.find((reason) => !reason.errors);
	if (unexpected) throw unexpected;
	if (!reasons.length) return outcomes.map(({ value }) => value);
	const errors = reasons.flatMap((reason) => reason.errors);
	const texts = await packages.esbuild.formatMessages(errors, { kind: "error", color: false });
	const different = [...new Set(texts)];
	const count = different.length === 1 ? "1 error" : `${different.length} errors`;
	throw new Failure(`${app}: ${count}, nothing was published.\n\n${different.join("\n")}`);
}

function options_of(paths, { context, sheets, is_rtl }) {
	const { bench, node_modules, apps } = context;
	return {
		entryPoints: paths,
		absWorkingDir: bench,
		outbase: bench,
		outdir: join(bench, "dist"),
		bundle: true,
		write: false,
		metafile: true,
		format: "iife",
		target: "es2020",
		// Only blanks go. Frappe reads names at run time; what shortens style sheets writes #0000001a for a
		// colour and `inset` for four sides, which neither wkhtmltopdf nor the inliner for e-mail knows.
		minifyWhitespace: true,
		legalComments: "none",
		charset: "utf8",
		logLevel: "silent",
		define: DEFINITIONS,
		external: ["/assets/*"],
		nodePaths: [node_modules, ...apps.map((app) => join(bench, "apps", app))],
		plugins: [
			exact_packages(node_modules),
			html_templates(),
			style_files(context, { sheets, is_rtl }),
			vue_files(context, sheets),
		],
	};
}

/** Send two imports elsewhere than their packages' own choice would. */
function exact_packages(node_modules) {
	const vue = join(node_modules, "vue", "dist", "vue.runtime.esm-bundler.js");
	return {
		name: "exact-packages",
		setup(build) {
			// vuedraggable asks by require, which would bring a second copy of Vue.
			build.onResolve({ filter: /^vue$/ }, () => ({ path: vue }));
			// The registry's date picker has no seconds; Frappe's controls reach for them.
			build.onResolve({ filter: /^air-datepicker\/dist\/js\/datepicker\.min\.js$/ }, ({ importer }) =>
				importer === TIME_PICKER ? undefined : { path: TIME_PICKER }
			);
		},
	};
}

function name_bundles({ outputs }, texts, { app, is_rtl }) {
	const bundles = [];
	for (const [path, { entryPoint, cssBundle }] of Object.entries(outputs)) {
		if (!entryPoint) continue;
		const style = is_script(entryPoint) && cssBundle ? style_setter(texts.get(cssBundle)) : "";
		bundles.push(name_bundle(app, key_of(entryPoint), style + texts.get(path), is_rtl));
	}
	return bundles;
}

/** No page loads a second file for the styles of a script's bundle: the script sets them itself. */
function style_setter(style) {
	const text = JSON.stringify(style);
	return `document.head.append(Object.assign(document.createElement("style"),{textContent:${text}}));\n`;
}

function name_bundle(app, key, text, is_rtl) {
	const contents = Buffer.from(text);
	const hash = createHash("sha256").update(contents).digest("hex").slice(0, 8).toUpperCase();
	const folder = is_script(key) ? "js" : is_rtl ? "css-rtl" : "css";
	const name = key.replace(/\.(js|css)$/, `.${hash}.$1`);
	return {
		key: is_rtl ? `rtl_${key}` : key,
		address: `/assets/${app}/dist/${folder}/${name}`,
		contents,
		size: contents.length,
		is_rtl,
	};
}

/** Return the paths that esbuild read; a style of a Vue file is part of that file. */
function files_read({ inputs }, { bench }) {
	return Object.keys(inputs)
		.filter((path) => !path.startsWith("vue-style:"))
		.map((path) => resolve(bench, path));
}
