// What n8n writes to its log while tests run: not for the screen, but no secret may stand in it. To be
// imported before n8n-core.
import { Console } from 'node:console';
import { Writable } from 'node:stream';

/** All that was written so far. */
export const logged: string[] = [];

globalThis.console = new Console(
	new Writable({
		decodeStrings: false,
		write(text, _encoding, done) {
			logged.push(String(text));
			done();
		},
	}),
);
