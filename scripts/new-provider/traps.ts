// What the simulated FILL IN: the vendor's name takes and refuses, and how the provider meets its traps: each one
// that its pages or its users tell of has a test that bears its name.
import { newVendor as provider } from './provider';
import { newVendor } from './vendor';
import { type Stage, stageBefore } from '../../test/conformance/stage';
import { ask } from '../../test/vendors/client';
import type { RunningVendor } from '../../test/vendors/Vendor';

let vendor: RunningVendor;
let stage: Stage;

beforeAll(async () => {
	vendor = await newVendor.start();
	stage = await stageBefore(vendor);
});
afterEach(() => vendor.reset());
afterAll(() => vendor.stop());

const card = { to: '5511999998888', name: 'Maria', phone: '5521977776666' };

// FILL IN: what the strict sandbox does not take, although the vendor is silent.
it.each([
	['an empty name', { name: '' }],
	['a phone as it is written', { phone: '+55 21 97777-6666' }],
	['what it does not know', { email: 'maria@example.com' }],
])('the sandbox refuses %s', async (_, change) => {
	const headers = { authorization: `Bearer ${String(vendor.credentials.token)}` };
	const { status } = await ask('POST', `${vendor.url}/contacts`, { ...card, ...change }, headers);

	expect(status).toBe(400);
	expect(vendor.sends()).toEqual([]);
});

// FILL IN: a test for each trap, by what the node makes of it (`stage`) or by the provider's own functions.
it('an answer with an error is no acceptance', async () => {
	const json = { error: 'Invalid name' };
	expect(provider.carriesError({ statusCode: 200, headers: {}, text: '', json })).toBe(true);

	vendor.refuseNext('invalid');
	expect(await stage.rows([stage.person(1)])).toMatchObject([{ status: 'rejected' }]);
});
