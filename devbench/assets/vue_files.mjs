// Single-file components of Vue 3.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, relative } from "node:path";

import { reporting } from "./failure.mjs";
import { compile_sass } from "./styles.mjs";

const STYLE = /^(.*\.vue)\?style=(\d+)$/;

/** The plugin for .vue; what the styles of a file were made from is kept in `sheets`. */
export function vue_files(context, sheets) {
	const { vue_compiler } = context.packages;
	const parsed = new Map();

	function describe(path) {
		if (!parsed.has(path)) {
			const { descriptor, errors } = vue_compiler.parse(readFileSync(path, "utf8"), {
				filename: path,
				ignoreEmpty: false,
			});
			if (errors.length) throw errors[0];
			// The whole path, or components of the same name would share their styles.
			const place = relative(context.bench, path);
			const id = `data-v-${createHash("sha256").update(place).digest("hex").slice(0, 8)}`;
			parsed.set(path, { descriptor, id });
		}
		return parsed.get(path);
	}

	function load_script({ path }) {
		const contents = component_script(vue_compiler, describe(path));
		return { contents, loader: "js", resolveDir: dirname(path) };
	}

	async function load_style({ path }) {
		const [, file, index] = path.match(STYLE);
		const { descriptor, id } = describe(file);
		const style = descriptor.styles[Number(index)];
		sheets.set(path, style.lang === "scss" ? compile_sass(style.content, file, context) : plain(style));
		const contents = await scoped_style(context, sheets.get(path).css, { style, id, file });
		return { contents, loader: "css", resolveDir: dirname(file) };
	}

	return {
		name: "vue-files",
		setup(build) {
			build.onLoad({ filter: /\.vue$/ }, reporting(load_script));
			build.onResolve({ filter: STYLE }, ({ path }) => ({ path, namespace: "vue-style" }));
			build.onLoad({ filter: STYLE, namespace: "vue-style" }, reporting(load_style));
		},
	};
}

function component_script(vue_compiler, { descriptor, id }) {
	if (!descriptor.scriptSetup) throw new Error("Only components with <script setup> are known here.");
	const { content } = vue_compiler.compileScript(descriptor, {
		id,
		inlineTemplate: true,
		isProd: true,
		genDefaultAs: "component",
		templateOptions: { transformAssetUrls: false },
	});
	const styles = descriptor.styles.map(
		(_, index) => `import ${JSON.stringify(`${descriptor.filename}?style=${index}`)};`
	);
	const is_scoped = descriptor.styles.some((style) => style.scoped);
	const scope = is_scoped ? `component.__scopeId = ${JSON.stringify(id)};` : "";
	return [...styles, content, scope, "export default component;"].join("\n");
}

function plain(style) {
	return { css: style.content, inputs: [] };
}

async function scoped_style({ packages }, source, { style, id, file }) {
	const { code, errors } = await packages.vue_compiler.compileStyleAsync({
		source,
		filename: file,
		id,
		scoped: Boolean(style.scoped),
		isProd: true,
		postcssPlugins: [packages.autoprefixer],
	});
	if (errors.length) throw errors[0];
	return code;
}
