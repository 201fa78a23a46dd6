// Builds the bundles of a bench's apps and publishes them under sites/assets.
//
//   node build.mjs --bench <bench> --node-modules <folder> [--apps frappe,erpnext,...]
//
// Without --apps the apps are those of sites/apps.txt. The two maps name the bundles of these apps and of no
// other. Nothing is published unless every bundle of every app could be built.

import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

import { bundle_app } from "./bundles.mjs";
import { Failure } from "./failure.mjs";
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

async function build_app(app, context) {
	const start = performance.now();
	const built = await bundle_app(app, context);
	const seconds = ((performance.now() - start) / 1000).toFixed(1);
	const megabytes = (built.reduce((sum, file) => sum + file.contents.length, 0) / 1e6).toFixed(1);
	console.log(`${app}: ${built.length} bundles, ${megabytes} MB, ${seconds} s`);
	return built;
}

async function main() {
	const { bench, node_modules, apps } = read_arguments();
	const context = { bench, node_modules, apps, packages: await load_packages(node_modules) };
	const built = new Map();
	for (const app of apps) built.set(app, await build_app(app, context));
	publish(bench, node_modules, built);
}

main().catch((error) => {
	console.error(error instanceof Failure ? error.message : error);
	process.exitCode = 1;
});
