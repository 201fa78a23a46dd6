// What was built from what, so that only apps whose sources changed are built again.

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { extname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";

const OWN_FOLDERS = [".", "browser"].map((name) => fileURLToPath(new URL(name, import.meta.url)));
const OWN_FILES = new Set([".mjs", ".js", ".css"]);

/** Return where the memory of a bench lies. */
export function memory_path(bench) {
	return join(bench, "sites", "assets", ".built.json");
}

/** Return what is remembered by app; nothing when another builder, other packages or other apps made it. */
export function recall({ bench, node_modules, apps }) {
	const maker = fingerprint_of_maker(node_modules, apps);
	try {
		const memory = JSON.parse(readFileSync(memory_path(bench), "utf8"));
		if (memory.maker === maker) return memory;
	} catch {
		// No memory or a damaged one: everything is built.
	}
	return { maker, apps: {} };
}

function fingerprint_of_maker(node_modules, apps) {
	const own = OWN_FOLDERS.flatMap((folder) =>
		readdirSync(folder)
			.filter((name) => OWN_FILES.has(extname(name)))
			.sort()
			.map((name) => join(folder, name))
	);
	// npm's own list of what it installed, with exact versions.
	const installed = join(node_modules, ".package-lock.json");
	const digest = createHash("sha256").update(JSON.stringify([node_modules, apps]));
	for (const path of [...own, installed]) if (existsSync(path)) digest.update(readFileSync(path));
	return digest.digest("hex");
}

/**
 * Return the digests of the files that were read, packages left out, by path.
 *
 * A file that was written after the build began may have been read before: it gets none and counts as
 * changed.
 */
export function digests_of(paths, { node_modules }, start) {
	const digests = {};
	for (const path of [...new Set(paths)].sort()) {
		if (path.startsWith(`${node_modules}${sep}`)) continue;
		digests[path] = statSync(path).mtimeMs < start ? digest_of(path) : null;
	}
	return digests;
}

function digest_of(path) {
	return createHash("sha256").update(readFileSync(path)).digest("hex");
}

/** Tell whether the same bundles are wanted as before, of files that are as they were. */
export function is_unchanged(remembered, entries, bench) {
	if (!remembered || remembered.entries.join() !== entries.join()) return false;
	const is_same = ([path, digest]) => existsSync(path) && digest_of(path) === digest;
	return (
		remembered.bundles.every((bundle) => existsSync(join(bench, "sites", bundle.address))) &&
		Object.entries(remembered.inputs).every(is_same)
	);
}
