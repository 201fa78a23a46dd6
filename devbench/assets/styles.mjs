// Sass and plain style sheets: compiled, prefixed for browsers, turned for writing from right to left.

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

import { reporting } from "./failure.mjs";

/** Compile Sass to CSS; `~name` means an npm package, an import that ends in .css is left to esbuild. */
export function compile_sass(source, path, { bench, node_modules, apps, packages }) {
	return packages.sass.compileString(source, {
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
		sourceMap: false,
	}).css;
}

/** The plugin for .scss and the entries in .css; `compiled` keeps what both writing directions share. */
export function style_files(context, { compiled, is_rtl }) {
	const { autoprefixer, postcss, rtlcss } = context.packages;
	const processor = postcss(is_rtl ? [autoprefixer, rtlcss] : [autoprefixer]);

	async function load({ path }) {
		if (!compiled.has(path)) {
			const source = readFileSync(path, "utf8");
			compiled.set(path, path.endsWith(".scss") ? compile_sass(source, path, context) : source);
		}
		const { css } = await processor.process(compiled.get(path), { from: path });
		return { contents: css, loader: "css", resolveDir: dirname(path) };
	}

	return {
		name: "style-files",
		setup(build) {
			build.onLoad({ filter: /(\.scss|\.bundle\.css)$/, namespace: "file" }, reporting(load));
		},
	};
}
