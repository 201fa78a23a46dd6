// The bundles of one app: found, built in memory, named after what they hold.

import { createHash } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

import { Failure } from "./failure.mjs";
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
 * Build every bundle of an app.
 *
 * Each built bundle is `{ key, folder, name, contents, is_rtl }`: the key under which pages ask for it, the
 * folder under `dist`, the file's name with its hash, the bytes, and the map it belongs in.
 */
export async function bundle_app(app, context) {
	const entries = find_entries(join(context.bench, "apps", app, app, "public"));
	refuse_same_keys(app, entries);
	const scripts = entries.filter((path) => is_script(path));
	const styles = entries.filter((path) => !is_script(path));
	const compiled = new Map();
	const built = await Promise.all([
		run_esbuild(scripts, { app, context, compiled }),
		run_esbuild(styles, { app, context, compiled }),
		run_esbuild(styles, { app, context, compiled, is_rtl: true }),
	]);
	return built.flat();
}

/** Return the paths of the bundles' sources under a folder, in a fixed order. */
function find_entries(folder) {
	if (!existsSync(folder)) return [];
	const found = [];
	const children = readdirSync(folder, { withFileTypes: true });
	for (const child of children.sort((one, other) => (one.name < other.name ? -1 : 1))) {
		const path = join(folder, child.name);
		if (child.isDirectory() && !SKIPPED.has(child.name)) found.push(...find_entries(path));
		else if (child.isFile() && ENTRY.test(child.name)) found.push(path);
	}
	return found;
}

function is_script(path) {
	return /\.[jt]s$/.test(path);
}

/** Return the name under which pages ask for a bundle: always .js or .css. */
function key_of(path) {
	return basename(path).replace(/\.ts$/, ".js").replace(/\.scss$/, ".css");
}

function refuse_same_keys(app, paths) {
	const seen = new Map();
	for (const path of paths) {
		const key = key_of(path);
		if (seen.has(key)) throw new Failure(`${app} has two bundles ${key}: ${seen.get(key)} and ${path}`);
		seen.set(key, path);
	}
}

async function run_esbuild(paths, { app, context, compiled, is_rtl = false }) {
	if (!paths.length) return [];
	const { esbuild } = context.packages;
	try {
		const result = await esbuild.build(options_of(paths, { context, compiled, is_rtl }));
		return collect(result, { bench: context.bench, is_rtl });
	} catch (error) {
		if (!error.errors) throw error;
		const messages = await esbuild.formatMessages(error.errors, { kind: "error", color: false });
		throw new Failure(`${app}: ${error.errors.length} errors, nothing was published.\n\n${messages.join("\n")}`);
	}
}

function options_of(paths, { context, compiled, is_rtl }) {
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
		// Names stay: Frappe reads some at run time, and a browser's stack should be readable.
		minifyWhitespace: true,
		minifySyntax: true,
		legalComments: "none",
		charset: "utf8",
		logLevel: "silent",
		define: DEFINITIONS,
		external: ["/assets/*"],
		nodePaths: [node_modules, ...apps.map((app) => join(bench, "apps", app))],
		plugins: [
			exact_packages(node_modules),
			html_templates(),
			style_files(context, { compiled, is_rtl }),
			vue_files(context),
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

function collect({ outputFiles, metafile }, { bench, is_rtl }) {
	const texts = new Map(outputFiles.map((file) => [relative(bench, file.path), file.text]));
	const built = [];
	for (const [path, output] of Object.entries(metafile.outputs)) {
		if (!output.entryPoint) continue;
		const style = output.cssBundle ? texts.get(output.cssBundle) : "";
		built.push(name_bundle(output.entryPoint, style_setter(style) + texts.get(path), is_rtl));
	}
	return built;
}

/** No page loads a second file for the styles of a script's bundle: the script sets them itself. */
function style_setter(style) {
	if (!style) return "";
	const text = JSON.stringify(style);
	return `document.head.append(Object.assign(document.createElement("style"),{textContent:${text}}));\n`;
}

function name_bundle(entry, text, is_rtl) {
	const contents = Buffer.from(text);
	const hash = createHash("sha256").update(contents).digest("hex").slice(0, 8).toUpperCase();
	const key = key_of(entry);
	return {
		key: is_rtl ? `rtl_${key}` : key,
		folder: is_script(key) ? "js" : is_rtl ? "css-rtl" : "css",
		name: key.replace(/\.(js|css)$/, `.${hash}.$1`),
		contents,
		is_rtl,
	};
}
