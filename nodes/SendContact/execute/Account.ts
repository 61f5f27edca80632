// One credential's values together with what follows from them. The only room besides credentials/ that
// holds secrets; it hands out none.
import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { asInHeader, pastedText } from '../../../credentials/pasted';
import { askNobody } from '../../../credentials/reach';
import { InputError } from '../contact/InputError';
import { REDACTED, redactorFor, type Redactor } from '../delivery/redact';
import { textOf } from '../providers/answers';
import type { Provider, PublicAccount, VendorRequest } from '../providers/Provider';
import { takeAddressApart, withoutVersion } from './addressed';
import { hash } from './hash';
import { EMPTY_JSON, unsigned } from './unsigned';

/** A provider's credential as it is for some item. */
export interface Account {
	provider: Provider;
	/** Its values are cleaned of what came along when they were pasted. */
	credential: ICredentialsDecrypted;
	redactor: Redactor;
	/** The same for the same values, however they were pasted, and only for those; tells nothing of them. */
	fingerprint: string;
	/** The values that are no secrets, by their fields' names. */
	public: PublicAccount;
	/**
	 * Which account it is, also after a secret was renewed where ids tell. Holds ids and addresses, and no
	 * secret: where nothing else tells accounts apart, what cannot be turned back into one.
	 */
	identity: readonly string[];
	/** A request as it leaves, secrets replaced. */
	shown(request: VendorRequest): Promise<ShownRequest>;
}

/** A request for the user to see. */
export interface ShownRequest {
	method: string;
	/** The whole address. */
	url: string;
	/** The provider's own ones, where there are any. */
	headers?: unknown;
	/** The fields of a JSON or form body, or the text; `undefined` where there is none. */
	body: unknown;
}

/** The texts that the credential type asks for: n8n adds switches of its own to the values. */
function fieldsOf({ properties }: ICredentialType): INodeProperties[] {
	return properties.filter(({ type }) => type === 'string');
}

/** What is a secret the credential type says: what its panel does not show. All else are ids and addresses. */
function isSecret({ typeOptions }: INodeProperties): boolean {
	return typeOptions?.password === true;
}

/** What is no secret, choices included, by the fields' names. */
function publicValues(
	{ properties }: ICredentialType,
	data: ICredentialDataDecryptedObject,
): PublicAccount {
	const shown = properties.filter(
		(field) => (field.type === 'string' || field.type === 'options') && !isSecret(field),
	);
	return Object.fromEntries(
		shown.map(({ name, default: usual }) => [name, pastedText(data[name] ?? usual)]),
	);
}

/** The values with some of their texts made anew. */
function changed(
	data: ICredentialDataDecryptedObject,
	fields: readonly INodeProperties[],
	change: (value: string) => string,
): ICredentialDataDecryptedObject {
	const texts = fields.map(({ name }) => [name, change(pastedText(data[name]))] as const);
	return { ...data, ...Object.fromEntries(texts) };
}

/**
 * @throws InputError when the credential's values give no usable address
 */
export async function openAccount(
	provider: Provider,
	pasted: ICredentialDataDecryptedObject,
): Promise<Account> {
	const { credential: type, displayName } = provider;
	const fields = fieldsOf(type);
	const secrets = fields.filter(isSecret);
	const data = changed(pasted, fields, (value) => value);
	const missing = fields.find(({ name, required }) => required === true && data[name] === '');
	if (missing) {
		throw new InputError({
			parameter: '',
			message: `The credential of ${displayName} has no ${missing.displayName}`,
			description: 'Open the credential, fill it in, and test it.',
		});
	}
	const hidden = changed(data, secrets, (value) => (value === '' ? '' : REDACTED));
	const sign = async (request: VendorRequest, values = hidden) =>
		await signed(type, values, unsigned(request));
	const { url: address } = await sign({ method: 'GET', path: '/' }).catch(() => {
		throw new InputError({
			parameter: '',
			message: `The address in the credential of ${displayName} is not a web address`,
			description: `Open the credential and copy the address from the panel of ${displayName}. It begins with https://`,
		});
	});
	const redactor = redactorFor(
		secrets.flatMap(({ name }) => {
			const used = pastedText(pasted[name]);
			return [used, asInHeader(used), textOf(pasted[name]) ?? ''];
		}),
	);
	const shown = fields.filter((field) => !isSecret(field)).map(({ name }) => name);
	const inAddress = await takeAddressApart(address, shown, async (name, value) => {
		const other = sign({ method: 'GET', path: '/' }, { ...hidden, [name]: value });
		return (await other.catch(() => undefined))?.url;
	});
	// The address stands for the fields it is made of.
	const exact = Object.entries(data).map(([name, value]) => [
		name,
		inAddress.fields.has(name) ? '' : value,
	]);
	const publicAccount = publicValues(type, data);
	// A sender is chosen beside, unless the address or the key is that of one already.
	const hasSender = provider.sender?.kind === 'id';
	const isSenderKnown =
		hasSender && (inAddress.isOwn || provider.sender?.isTaken?.(publicAccount) !== false);
	const isTold = inAddress.ids.length > 0 || isSenderKnown;
	const told = isTold ? inAddress.ids : [hash(secrets.map(({ name }) => data[name]))];
	return {
		provider,
		credential: {
			id: '',
			name: type.displayName,
			type: type.name,
			data: { ...data, ...askNobody },
		},
		redactor,
		fingerprint: hash([type.name, address, exact.sort()]),
		public: publicAccount,
		identity: [withoutVersion(address), ...told],
		async shown(request) {
			const { url, body } = await sign(request);
			return {
				method: request.method,
				url: redactor.text(url.replaceAll(encodeURIComponent(REDACTED), REDACTED)),
				...(request.headers && { headers: redactor.json(request.headers) }),
				body: redactor.json(body === EMPTY_JSON ? {} : body),
			};
		},
	};
}

/** The request as the credential signs it. */
async function signed(
	type: ICredentialType,
	data: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	const { authenticate } = type;
	return typeof authenticate === 'function'
		? await authenticate.call(type, data, request)
		: request;
}
