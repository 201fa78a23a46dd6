// Builds the bundles of a bench's apps and publishes them under sites/assets.
//
//   node build.mjs --bench <bench> --node-modules <folder> [--apps frappe,erpnext,...]
//
// Without --apps the apps are those of sites/apps.txt. The two maps name the bundles of these apps and of no
// other. Nothing is published unless every bundle of every app could be built.

import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

import { bundle_app, find_entries } from "./bundles.mjs";
import { Failure } from "./failure.mjs";
import { is_unchanged, recall } from "./memory.mjs";
import { load_packages } from "./packages.mjs";
import { publish } from "./publish.mjs";

const USAGE = "node build.mjs --bench <bench> --node-modules <folder> [--apps frappe,erpnext,...]";

function read_arguments() {
	let values;
	try {
		({ values } = parseArgs({
			options: {
				bench: { type: "string" },
				"node-modules": { type: "string" },
				apps: { type: "string" },
			},
		}));
	} catch (error) {
		throw new Failure(`${error.message}\nUsage: ${USAGE}`);
	}
	if (!values.bench || !values["node-modules"]) throw new Failure(`Usage: ${USAGE}`);
	const bench = resolve(values.bench);
	return { bench, node_modules: resolve(values["node-modules"]), apps: read_apps(bench, values.apps) };
}

function read_apps(bench, chosen) {
	const listed = join(bench, "sites", "apps.txt");
	if (!chosen && !existsSync(listed)) throw new Failure(`${listed} is missing; name the apps with --apps.`);
	const names = (chosen ?? readFileSync(listed, "utf8")).split(/[\s,]+/).filter(Boolean);
	for (const name of names) {
		if (!existsSync(join(bench, "apps", name, name))) {
			throw new Failure(`There is no app ${name} in ${join(bench, "apps")}.`);
		}
	}
	return names;
}

/** Return what is to be remembered of the app: its bundles and what they were made from. */
async function build_app(app, remembered, context) {
	const start = performance.now();
	const entries = find_entries(app, context.bench);
	const is_kept = is_unchanged(remembered, entries, context.bench);
	const built = is_kept ? remembered : await bundle_app(app, entries, context);
	const megabytes = (built.bundles.reduce((sum, bundle) => sum + bundle.size, 0) / 1e6).toFixed(1);
	const seconds = ((performance.now() - start) / 1000).toFixed(1);
	const how = is_kept ? "unchanged" : `${megabytes} MB`;
	console.log(`${app}: ${built.bundles.length} bundles, ${how}, ${seconds} s`);
	return built;
}

async function main() {
	const { bench, node_modules, apps } = read_arguments();
	const context = { bench, node_modules, apps, packages: load_packages(node_modules) };
	const memory = recall(context);
	const built = {};
	for (const app of apps) built[app] = await build_app(app, memory.apps[app], context);
	publish(context, { maker: memory.maker, apps: built });
}

main().catch((error) => {
	console.error(error instanceof Failure ? error.message : error);
	process.exitCode = 1;
});
