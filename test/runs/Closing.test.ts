// What the end-to-end suites close at their end is closed, whatever fails and whenever it was opened.
import { Closing, startAll, stopAll } from '../e2e/Closing';

const broken = () => {
	throw new Error('broken');
};

test('the last opened is closed first, and each only once', async () => {
	const closed: string[] = [];
	const closing = new Closing();
	for (const name of ['vendors', 'n8n', 'browser']) closing.add(() => closed.push(name));
	await closing.run();
	await closing.run();

	expect(closed).toEqual(['browser', 'n8n', 'vendors']);
});

test('what cannot be closed is told, after everything else has been closed', async () => {
	const closed: string[] = [];
	const closing = new Closing();
	closing.add(() => closed.push('vendors'));
	closing.add(broken);
	closing.add(async () => await Promise.reject(new Error('refused')));

	await expect(closing.run()).rejects.toThrow(/could be ended: refused; broken/);
	expect(closed).toEqual(['vendors']);
});

test('what is opened after the end, by a hook that was given up, is closed at once', async () => {
	const closing = new Closing();
	await closing.run();
	await new Promise((closed) => closing.add(() => closed('n8n')));
});

describe('several, side by side', () => {
	const opened = (stop: () => Promise<unknown>) => Promise.resolve({ stop });

	test('when one cannot be started, the others are stopped, also one that starts later', async () => {
		const stopped: string[] = [];
		const late = Promise.resolve()
			.then(() => undefined)
			.then(() => opened(async () => stopped.push('late')));
		const starting = startAll([
			opened(async () => stopped.push('early')),
			Promise.reject(new Error('no port')),
			late,
		]);

		await expect(starting).rejects.toThrow('no port');
		expect(stopped.sort()).toEqual(['early', 'late']);
	});

	test('when one cannot be stopped, the others are', async () => {
		const stopped: string[] = [];
		const running = await startAll([
			opened(async () => broken()),
			opened(async () => stopped.push('second')),
		]);

		await expect(stopAll(running)).rejects.toThrow(/broken/);
		expect(stopped).toEqual(['second']);
	});
});
