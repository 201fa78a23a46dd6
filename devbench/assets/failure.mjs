/** What the reader of the message can mend: its text is shown without a stack. */
export class Failure extends Error {}

/** Let a load function of an esbuild plugin report what it throws as an error of the file, no stack. */
export function reporting(load) {
	return async (request) => {
		try {
			return await load(request);
		} catch (error) {
			return { errors: [{ text: error.message, location: { file: request.path } }] };
		}
	};
}
