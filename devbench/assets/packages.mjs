// The build's own packages, taken from the folder that the caller names and not from beside this script.

import { createRequire } from "node:module";
import { join } from "node:path";

import { Failure } from "./failure.mjs";

const NAMES = {
	autoprefixer: "autoprefixer",
	esbuild: "esbuild",
	postcss: "postcss",
	rtlcss: "rtlcss",
	sass: "sass",
	vue_compiler: "vue/compiler-sfc",
};

/** Return the packages by the keys of NAMES. */
export function load_packages(node_modules) {
	const require = createRequire(join(node_modules, "_"));
	const packages = {};
	for (const [key, name] of Object.entries(NAMES)) {
		try {
			packages[key] = require(name);
		} catch (error) {
			throw new Failure(
				`${name} cannot be loaded from ${node_modules}: ${error.message.split("\n")[0]}\n` +
					"Run npm install with this builder's package.json beside that folder."
			);
		}
	}
	return packages;
}
