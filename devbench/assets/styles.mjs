// Sass and plain style sheets: compiled, prefixed for browsers, turned for writing from right to left.

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { reporting } from "./failure.mjs";

/**
 * Compile Sass to CSS; `~name` means an npm package, an import that ends in .css is left to esbuild.
 *
 * Returns `{ css, inputs }`, the second the paths of the files that were read.
 */
export function compile_sass(source, path, { bench, node_modules, apps, packages }) {
	const { css, loadedUrls } = packages.sass.compileString(source, {
		url: pathToFileURL(path),
		syntax: "scss",
		loadPaths: [dirname(path), node_modules, ...apps.map((app) => join(bench, "apps", app))],
		importers: [
			{
				findFileUrl: (name) =>
					name.startsWith("~") ? pathToFileURL(join(node_modules, name.slice(1))) : null,
			},
		],
		logger: packages.sass.Logger.silent,
	});
	return { css, inputs: loadedUrls.map((url) => fileURLToPath(url)) };
}

/** The plugin for .scss and the entries in .css; `sheets` keeps by path what both directions share. */
export function style_files(context, { sheets, is_rtl }) {
	const { autoprefixer, postcss, rtlcss } = context.packages;
	const processor = postcss(is_rtl ? [autoprefixer, rtlcss] : [autoprefixer]);

	async function load({ path }) {
		if (!sheets.has(path)) sheets.set(path, read_sheet(path, context));
		const { css } = await processor.process(sheets.get(path).css, { from: path });
		return { contents: css, loader: "css", resolveDir: dirname(path) };
	}

	return {
		name: "style-files",
		setup(build) {
			build.onLoad({ filter: /(\.scss|\.bundle\.css)$/, namespace: "file" }, reporting(load));
		},
	};
}

function read_sheet(path, context) {
	const source = readFileSync(path, "utf8");
	return path.endsWith(".scss") ? compile_sass(source, path, context) : { css: source, inputs: [path] };
}
