// What pages are served: bundles, the two maps that name them, links to each app's public files.
//
// A page that is open all the while finds every file it asks for: new bundles are there before the maps name
// them, and the bundles that the maps named before stay until the next build.

import {
	existsSync,
	lstatSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";

import { Failure } from "./failure.mjs";
import { memory_path } from "./memory.mjs";

const MAPS = ["assets.json", "assets-rtl.json"];
const OWN_CHILDREN = new Set(["dist", "node_modules"]);

/** Publish what was built, and note it: `built` holds the bundles by app, those without contents stand. */
export function publish({ bench, node_modules }, built) {
	const assets = join(bench, "sites", "assets");
	const maps = address_maps(built.apps);
	const before = MAPS.flatMap((name) => Object.values(read_map(join(assets, name))));
	for (const [app, { bundles }] of Object.entries(built.apps)) {
		const folder = join(assets, app);
		make_own_folder(folder);
		link_public_files(join(bench, "apps", app, app, "public"), folder);
		// Code editor, Gantt view, scanner and raw printing load these at run time, from Frappe's address only.
		if (app === "frappe") replace_link(node_modules, join(folder, "node_modules"));
		for (const bundle of bundles) write_bundle(join(bench, "sites", bundle.address), bundle.contents);
	}
	MAPS.forEach((name, index) => replace_file(join(assets, name), as_json(maps[index])));
	const kept = new Set([...before, ...maps.flatMap((map) => Object.values(map))]);
	for (const app of Object.keys(built.apps)) remove_old_bundles(assets, app, kept);
	replace_file(memory_path(bench), as_json(built));
}

function as_json(value) {
	return JSON.stringify(value, (key, member) => (key === "contents" ? undefined : member), "\t");
}

function address_maps(apps) {
	const maps = [{}, {}];
	for (const [app, { bundles }] of Object.entries(apps)) {
		for (const { key, address, is_rtl } of bundles) {
			const map = maps[is_rtl ? 1 : 0];
			if (key in map)
				throw new Failure(`${app} has a bundle ${key}, and so has another app: ${map[key]}`);
			map[key] = address;
		}
	}
	return maps;
}

function read_map(path) {
	try {
		return JSON.parse(readFileSync(path, "utf8"));
	} catch {
		return {};
	}
}

/** Make the folder; a link to `public/`, which Frappe's own builder makes, gives way to it. */
function make_own_folder(folder) {
	if (lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink()) rmSync(folder);
	mkdirSync(folder, { recursive: true });
}

function link_public_files(source, folder) {
	const wanted = existsSync(source) ? readdirSync(source).filter((name) => !OWN_CHILDREN.has(name)) : [];
	for (const name of readdirSync(folder)) {
		if (!OWN_CHILDREN.has(name) && !wanted.includes(name))
			rmSync(join(folder, name), { recursive: true });
	}
	for (const name of wanted) replace_link(join(source, name), join(folder, name));
}

function replace_link(target, link) {
	const draft = `${link}.${process.pid}.draft`;
	symlinkSync(relative(dirname(link), target), draft);
	if (lstatSync(link, { throwIfNoEntry: false })?.isDirectory()) rmSync(link, { recursive: true });
	renameSync(draft, link);
}

function write_bundle(path, contents) {
	if (existsSync(path)) return;
	mkdirSync(dirname(path), { recursive: true });
	replace_file(path, contents);
}

function replace_file(path, contents) {
	const draft = `${path}.${process.pid}.draft`;
	writeFileSync(draft, contents);
	renameSync(draft, path);
}

function remove_old_bundles(assets, app, kept) {
	for (const folder of ["js", "css", "css-rtl"]) {
		const place = join(assets, app, "dist", folder);
		if (!existsSync(place)) continue;
		for (const name of readdirSync(place)) {
			if (!kept.has(`/assets/${app}/dist/${folder}/${name}`)) rmSync(join(place, name));
		}
	}
}
